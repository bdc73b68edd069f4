import type { Detection } from "./detection";

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
      "Is the account or organization named in the request one of yours? Nobody shares an image with everybody (group all) by the way.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain:
      "Take the permission away: aws ec2 reset-image-attribute --region <awsRegion> --attribute launchPermission --image-id …; keep public images from happening again with aws ec2 enable-image-block-public-access --region <awsRegion> --image-block-public-access-state block-new-sharing.",
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
