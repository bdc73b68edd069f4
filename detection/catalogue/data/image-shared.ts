import type { Detection } from "../../definition/detection";

const given = [{ exists: true }];

export const imageShared: Detection = {
  id: "image-shared",
  title: "Machine image shared with another account or everybody",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.ec2-share-ami/",
  ],
  why: "An image is a copy of a machine's disks. Whoever it is shared with can start it and read the code, keys and data on them.",
  noise:
    "Who builds images for an organization shares each of them with its other accounts: suppress the pipeline's role.",
  runbook: {
    check:
      "Is the account or organization named in the request one of yours? Sharing with everybody (group all) is never done by the way.",
    command:
      "aws ec2 describe-image-attribute --region <awsRegion> --image-id <requestParameters.imageId> --attribute launchPermission",
    contain: "Take the permission away, and block public images.",
    undo: {
      ModifyImageAttribute: [
        "aws ec2 modify-image-attribute --region <awsRegion> --image-id <requestParameters.imageId> --attribute launchPermission --operation-type remove --user-ids <requestParameters.launchPermission.add.items.userId>",
        "aws ec2 modify-image-attribute --region <awsRegion> --image-id <requestParameters.imageId> --attribute launchPermission --operation-type remove --user-groups <requestParameters.launchPermission.add.items.group>",
        "aws ec2 modify-image-attribute --region <awsRegion> --image-id <requestParameters.imageId> --attribute launchPermission --operation-type remove --organization-arns <requestParameters.launchPermission.add.items.organizationArn>",
        "aws ec2 modify-image-attribute --region <awsRegion> --image-id <requestParameters.imageId> --attribute launchPermission --operation-type remove --organizational-unit-arns <requestParameters.launchPermission.add.items.organizationalUnitArn>",
        "aws ec2 enable-image-block-public-access --region <awsRegion> --image-block-public-access-state block-new-sharing",
      ],
    },
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: ["ModifyImageAttribute"],
      errorCode: [{ exists: false }],
      requestParameters: {
        launchPermission: {
          add: {
            items: {
              $or: [{ userId: given }, { group: given }, { organizationArn: given }, { organizationalUnitArn: given }],
            },
          },
        },
      },
    },
  },
};
