import type { Detection } from "./detection";

export const snapshotShared: Detection = {
  id: "snapshot-shared",
  title: "Disk snapshot shared with another account or everybody",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.ec2-share-ebs-snapshot/",
  ],
  why: "Whoever a snapshot is shared with can copy the whole disk into an account of their own, where nobody can take it back.",
  runbook: {
    check:
      "Is the account named in the request one of yours? Nobody shares a disk with everybody (group all) on purpose.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain:
      "Take the permission away: aws ec2 reset-snapshot-attribute --region <awsRegion> --attribute createVolumePermission --snapshot-id … A SharedSnapshotCopyInitiated or SharedSnapshotVolumeCreated event says that it was copied already: then change every secret on the disk.",
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: ["ModifySnapshotAttribute"],
      errorCode: [{ exists: false }],
      requestParameters: {
        createVolumePermission: {
          add: { items: { $or: [{ userId: [{ exists: true }] }, { group: [{ exists: true }] }] } },
        },
      },
    },
  },
};
