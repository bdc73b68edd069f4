import type { Detection } from "./detection";

export const rdsSnapshotShared: Detection = {
  id: "rds-snapshot-shared",
  title: "Database snapshot shared with another account or everybody",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterSnapshotAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.rds-share-snapshot/",
  ],
  why: "Whoever a snapshot is shared with can restore the whole database in an account of their own, set a new password and read everything.",
  runbook: {
    check: "Is the account in valuesToAdd one of yours? The value all means everybody.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain:
      "Take the permission away: aws rds modify-db-snapshot-attribute --region <awsRegion> --attribute-name restore --db-snapshot-identifier … --values-to-remove … (for Aurora modify-db-cluster-snapshot-attribute).",
  },
  pattern: {
    // Neptune and DocumentDB are called under this name too.
    source: ["aws.rds"],
    detail: {
      eventSource: ["rds.amazonaws.com"],
      eventName: ["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"],
      errorCode: [{ exists: false }],
      requestParameters: { attributeName: ["restore"], valuesToAdd: [{ exists: true }] },
    },
  },
};
