import type { Detection } from "../../definition/detection";

const given = [{ exists: true }];

export const imageShared: Detection = {
  id: "image-shared",
  title: "AMI shared publicly or with another account",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.ec2-share-ami/",
  ],
  why: "An image is a copy of an instance's disks. Accounts with access can start it and read its code, keys and data.",
  falsePositives:
    "Image pipelines share each image with the organization's other accounts. Suppress the pipeline's role.",
  runbook: {
    check:
      "Is the account or organization in the request yours? Sharing with the public (group all) is rarely intended.",
    command:
      "aws ec2 describe-image-attribute --region <awsRegion> --image-id <requestParameters.imageId> --attribute launchPermission",
    contain: "Remove the permission, and block public images.",
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
