import type { Detection } from "../../definition/detection";

const creations = [
  "CreateDBInstance",
  "CreateDBInstanceReadReplica",
  "CreateDBCluster",
  "RestoreDBInstanceFromDBSnapshot",
  "RestoreDBInstanceFromS3",
  "RestoreDBInstanceToPointInTime",
  "RestoreDBClusterFromSnapshot",
  "RestoreDBClusterToPointInTime",
];

export const rdsMadePublic: Detection = {
  id: "rds-made-public",
  title: "Database made publicly accessible",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1190", tactic: "Initial Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html",
  ],
  why: "The database now has a public address. Only its security group and passwords protect it. Intruders restore a public copy to read it.",
  runbook: {
    check: "Does the database need access from outside the VPC? Check what its security groups allow.",
    command:
      "aws rds describe-db-instances --region <awsRegion> --query 'DBInstances[?PubliclyAccessible].[DBInstanceIdentifier,Endpoint.Address,VpcSecurityGroups[].VpcSecurityGroupId]' --output json",
    contain: "Make it private again, and delete a copy that isn't yours. For a cluster, change each instance.",
    undo: {
      CreateDBCluster:
        "aws rds describe-db-clusters --region <awsRegion> --db-cluster-identifier <requestParameters.dBClusterIdentifier>",
      RestoreDBClusterFromSnapshot:
        "aws rds describe-db-clusters --region <awsRegion> --db-cluster-identifier <requestParameters.dBClusterIdentifier>",
      RestoreDBClusterToPointInTime:
        "aws rds describe-db-clusters --region <awsRegion> --db-cluster-identifier <requestParameters.dBClusterIdentifier>",
      RestoreDBInstanceToPointInTime:
        "aws rds modify-db-instance --region <awsRegion> --db-instance-identifier <requestParameters.targetDBInstanceIdentifier|responseElements.dBInstanceIdentifier> --no-publicly-accessible --apply-immediately",
      "*": "aws rds modify-db-instance --region <awsRegion> --db-instance-identifier <requestParameters.dBInstanceIdentifier> --no-publicly-accessible --apply-immediately",
    },
  },
  pattern: {
    source: ["aws.rds"],
    detail: {
      eventSource: ["rds.amazonaws.com"],
      errorCode: [{ exists: false }],
      $or: [
        { eventName: ["ModifyDBInstance", ...creations], requestParameters: { publiclyAccessible: [true] } },
        // Not asked for: the subnet group decides. Of a database that is changed, the answer says what it was before.
        {
          eventName: creations,
          requestParameters: { publiclyAccessible: [{ exists: false }] },
          responseElements: { publiclyAccessible: [true] },
        },
      ],
    },
  },
};
