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
  title: "Database reachable from the internet",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1190", tactic: "Initial Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html",
  ],
  why: "The database has an address that the whole internet can look up; only its security group and its passwords are left between them. Intruders make a copy reachable so, to read it at home.",
  runbook: {
    check: "Does anybody outside of the VPC have to reach it? See what its security groups let in.",
    command:
      "aws rds describe-db-instances --region <awsRegion> --query 'DBInstances[?PubliclyAccessible].[DBInstanceIdentifier,Endpoint.Address,VpcSecurityGroups[].VpcSecurityGroupId]' --output json",
    contain:
      "Make it private again; delete a copy that is not yours. A cluster's instances are made private one by one.",
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
