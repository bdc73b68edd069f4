import type { Detection } from "../../definition/detection";

export const rdsSnapshotShared: Detection = {
  id: "rds-snapshot-shared",
  title: "RDS snapshot shared publicly or with another account",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1537", tactic: "Exfiltration" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterSnapshotAttribute.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.exfiltration.rds-share-snapshot/",
  ],
  why: "Accounts with access can restore the whole database, set a new password and read everything.",
  runbook: {
    check: 'Is the account in valuesToAdd yours? The value "all" means public.',
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain:
      "Remove the permission. Copies made meanwhile stay with the other account: rotate every secret in the database.",
    undo: {
      ModifyDBSnapshotAttribute:
        "aws rds modify-db-snapshot-attribute --region <awsRegion> --db-snapshot-identifier <requestParameters.dBSnapshotIdentifier> --attribute-name restore --values-to-remove <requestParameters.valuesToAdd>",
      ModifyDBClusterSnapshotAttribute:
        "aws rds modify-db-cluster-snapshot-attribute --region <awsRegion> --db-cluster-snapshot-identifier <requestParameters.dBClusterSnapshotIdentifier> --attribute-name restore --values-to-remove <requestParameters.valuesToAdd>",
    },
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
