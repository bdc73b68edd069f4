import type { Detection } from "../../definition/detection";

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
      "Is the account named in the request one of yours? Sharing a disk with everybody (group all) is never done on purpose.",
    command:
      "aws ec2 describe-snapshot-attribute --region <awsRegion> --snapshot-id <requestParameters.snapshotId> --attribute createVolumePermission",
    contain:
      "Take the permission away. A SharedSnapshotCopyInitiated or SharedSnapshotVolumeCreated event says that it was copied already: then change every secret on the disk.",
    undo: {
      ModifySnapshotAttribute: [
        "aws ec2 modify-snapshot-attribute --region <awsRegion> --snapshot-id <requestParameters.snapshotId> --attribute createVolumePermission --operation-type remove --user-ids <requestParameters.createVolumePermission.add.items.userId>",
        "aws ec2 modify-snapshot-attribute --region <awsRegion> --snapshot-id <requestParameters.snapshotId> --attribute createVolumePermission --operation-type remove --group-names <requestParameters.createVolumePermission.add.items.group>",
      ],
    },
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
