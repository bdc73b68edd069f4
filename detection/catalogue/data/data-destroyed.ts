import type { Detection } from "../../definition/detection";

export const dataDestroyed: Detection = {
  id: "data-destroyed",
  title: "Data, backup or deletion protection removed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1485", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html",
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html",
  ],
  why: "A bucket, database, table, file system, snapshot or backup was deleted, or lost its deletion protection. After an accident or extortion, the first minutes decide what you can recover.",
  falsePositives:
    "Image pipelines delete old snapshots, and tearing down a test environment deletes its databases and buckets. Suppress the role (ci-roles, or a suppression of this detection only).",
  runbook: {
    check: "Was it announced, and is there a copy elsewhere? Check what else the caller deleted.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "Restore it. RDS has a final snapshot and automated backups if they were requested. DynamoDB point-in-time recovery reaches back 35 days. The Recycle Bin keeps snapshots that a rule covers.",
    undo: {
      ModifyDBInstance:
        "aws rds modify-db-instance --region <awsRegion> --db-instance-identifier <requestParameters.dBInstanceIdentifier> --deletion-protection --apply-immediately",
      ModifyDBCluster:
        "aws rds modify-db-cluster --region <awsRegion> --db-cluster-identifier <requestParameters.dBClusterIdentifier> --deletion-protection --apply-immediately",
      UpdateTable:
        "aws dynamodb update-table --region <awsRegion> --table-name <requestParameters.tableName> --deletion-protection-enabled",
      DeleteDBInstance:
        "aws rds describe-db-snapshots --region <awsRegion> --db-instance-identifier <requestParameters.dBInstanceIdentifier>",
      DeleteDBCluster:
        "aws rds describe-db-cluster-snapshots --region <awsRegion> --db-cluster-identifier <requestParameters.dBClusterIdentifier>",
      DeleteTable:
        "aws dynamodb list-backups --region <awsRegion> --table-name <requestParameters.tableName> --backup-type ALL",
      DeleteSnapshot:
        "aws ec2 restore-snapshot-from-recycle-bin --region <awsRegion> --snapshot-id <requestParameters.snapshotId>",
    },
  },
  pattern: {
    source: ["aws.s3", "aws.rds", "aws.dynamodb", "aws.elasticfilesystem", "aws.ec2", "aws.backup"],
    detail: {
      errorCode: [{ exists: false }],
      $or: [
        {
          eventName: [
            "DeleteBucket",
            "DeleteDBInstance",
            "DeleteDBCluster",
            "DeleteDBSnapshot",
            "DeleteDBClusterSnapshot",
            "DeleteTable",
            "DeleteFileSystem",
            "DeleteSnapshot",
            "DeleteBackupVault",
            "DeleteRecoveryPoint",
          ],
        },
        {
          eventName: ["ModifyDBInstance", "ModifyDBCluster"],
          requestParameters: { deletionProtection: [false] },
        },
        { eventName: ["UpdateTable"], requestParameters: { deletionProtectionEnabled: [false] } },
      ],
    },
  },
};
