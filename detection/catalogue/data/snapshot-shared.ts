import type { Detection } from "../../definition/detection";

export const snapshotShared: Detection = {
  id: "snapshot-shared",
  title: "EBS snapshot shared publicly or with another account",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.ec2-share-ebs-snapshot/",
  ],
  why: "Accounts with access can copy the whole disk. You can't take the copy back.",
  runbook: {
    check: "Is the account in the request yours? Sharing a disk with the public (group all) is never intended.",
    command:
      "aws ec2 describe-snapshot-attribute --region <awsRegion> --snapshot-id <requestParameters.snapshotId> --attribute createVolumePermission",
    contain:
      "Remove the permission. A SharedSnapshotCopyInitiated or SharedSnapshotVolumeCreated event means it was already copied: rotate every secret on the disk.",
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
