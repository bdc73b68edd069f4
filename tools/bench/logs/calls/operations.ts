// Over 250 lines: one table of calls.
import { ACCOUNT, type Account } from "./account";
import type { Call, Details } from "./call";

function bucketCall(account: Account, parameter: string): Details {
  const bucket = `${account.name()}-archive`;
  return {
    requestParameters: { bucketName: bucket, Host: `${bucket}.s3.${account.region}.amazonaws.com`, [parameter]: "" },
    additionalEventData: {
      SignatureVersion: "SigV4",
      CipherSuite: "TLS_AES_128_GCM_SHA256",
      bytesTransferredIn: 0,
      AuthenticationMethod: "AuthHeader",
      "x-amz-id-2": account.base64(88),
      bytesTransferredOut: account.random.between(200, 900),
    },
    resources: [{ accountId: ACCOUNT, type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucket}` }],
  };
}

/** A rule's pattern names calls and fields of other records: what a search through bytes may stumble over. */
function rule(account: Account): Details {
  const eventPattern = JSON.stringify({
    source: ["aws.cloudtrail"],
    detail: { eventName: ["StopLogging", "DeleteTrail"], userIdentity: { type: ["Root"] } },
  });
  return {
    requestParameters: { name: `${account.name()}-watch`, eventPattern, state: "ENABLED", eventBusName: "default" },
    responseElements: { ruleArn: account.arn("events", `rule/${account.name()}-watch`) },
  };
}

function inventory(account: Account): Details {
  return {
    requestParameters: {
      instanceId: account.instance(),
      agentVersion: "3.3.2299.0",
      agentStatus: "Active",
      platformType: "Linux",
      platformName: "Amazon Linux",
      platformVersion: "2023",
      iPAddress: `10.0.${account.random.below(256)}.${account.random.below(256)}`,
      computerName: `ip-10-0-0-${account.random.below(256)}.ec2.internal`,
      agentName: "amazon-ssm-agent",
      availabilityZone: `${account.region}a`,
      sSMConnectionChannel: "ssmmessages",
    },
  };
}

function functionConfiguration(account: Account): Details {
  const name = `${account.name()}-worker`;
  return {
    requestParameters: { functionName: name, description: "räumt auf – nightly 掃除", timeout: 60 },
    responseElements: {
      functionName: name,
      functionArn: account.arn("lambda", `function:${name}`),
      runtime: "nodejs22.x",
      role: account.role(`${name}-role`),
      handler: "index.handler",
      codeSize: account.random.below(9_000_000),
      codeSha256: account.base64(44),
      version: "$LATEST",
      environment: {},
      revisionId: account.uuid(),
      vpcConfig: { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: ["sg-0123456789abcdef0"] },
      loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${name}` },
    },
  };
}

/** Storage, logs, configuration, databases, functions, monitoring. */
export const operations: readonly Call[] = [
  {
    weight: 40,
    service: "s3",
    name: "GetBucketAcl",
    by: ["service", "service", "service", "person"],
    details: (a) => bucketCall(a, "acl"),
  },
  {
    weight: 14,
    service: "s3",
    name: "GetBucketLocation",
    by: ["person", "pipeline"],
    details: (a) => bucketCall(a, "location"),
  },
  {
    weight: 12,
    service: "s3",
    name: "GetBucketPolicy",
    by: ["serviceLinked", "pipeline"],
    details: (a) => bucketCall(a, "policy"),
  },
  { weight: 10, service: "s3", name: "ListBuckets", by: ["person", "serviceLinked"] },
  {
    weight: 30,
    service: "logs",
    name: "CreateLogStream",
    by: ["lambda", "app", "machine", "app"],
    writes: true,
    details: (account) => ({
      requestParameters: {
        logGroupName: `/aws/lambda/${account.name()}-worker`,
        logStreamName: `2026/11/20/[$LATEST]${account.hex(32)}`,
      },
    }),
  },
  {
    weight: 10,
    service: "logs",
    name: "StartQuery",
    by: ["person"],
    details: (account) => ({
      requestParameters: {
        logGroupIdentifiers: [account.arn("logs", `log-group:/aws/lambda/${account.name()}-worker`)],
        queryString:
          'fields @timestamp, @message\n| filter eventName = "ConsoleLogin" and message like /\\{"error/\n| limit 20',
        startTime: 1_795_000_000,
      },
      responseElements: { queryId: account.uuid() },
    }),
  },
  { weight: 14, service: "logs", name: "DescribeLogGroups", by: ["pipeline", "person"] },
  {
    weight: 40,
    service: "ssm",
    name: "UpdateInstanceInformation",
    by: ["machine"],
    writes: true,
    details: inventory,
  },
  {
    weight: 4,
    service: "ssm",
    name: "GetParameters",
    by: ["lambda", "app", "pipeline"],
    details: (account) => ({
      requestParameters: { names: [`/${account.name()}/größe`, `/${account.name()}/url`], withDecryption: false },
    }),
  },
  {
    weight: 20,
    service: "ssm",
    name: "PutInventory",
    by: ["machine", "app"],
    writes: true,
    details: (account) => ({
      requestParameters: {
        instanceId: account.instance(),
        items: account.random.times(account.random.between(2, 6), () => ({
          typeName: "AWS:Application",
          schemaVersion: "1.1",
          captureTime: "2026-11-20T10:00:00Z",
          contentHash: account.hex(32),
        })),
      },
    }),
  },
  {
    weight: 16,
    service: "dynamodb",
    name: "DescribeTable",
    by: ["lambda", "app", "machine", "app", "pipeline"],
    details: (account) => ({
      requestParameters: { tableName: account.name() },
      resources: [
        { accountId: ACCOUNT, type: "AWS::DynamoDB::Table", ARN: account.arn("dynamodb", `table/${account.name()}`) },
      ],
    }),
  },
  {
    weight: 1,
    service: "dynamodb",
    name: "UpdateTable",
    by: ["pipeline", "serviceLinked"],
    writes: true,
    details: (account) => ({
      requestParameters: {
        tableName: account.name(),
        provisionedThroughput: { readCapacityUnits: account.random.below(500), writeCapacityUnits: 5 },
      },
      responseElements: {
        tableDescription: {
          tableName: account.name(),
          tableStatus: "UPDATING",
          attributeDefinitions: [{ attributeName: "pk", attributeType: "S" }],
          keySchema: [{ attributeName: "pk", keyType: "HASH" }],
          itemCount: account.random.below(1_000_000),
        },
      },
    }),
  },
  { weight: 10, service: "rds", name: "DescribeDBInstances", by: ["person", "serviceLinked", "pipeline"] },
  {
    weight: 1,
    service: "rds",
    name: "ModifyDBInstance",
    by: ["pipeline"],
    writes: true,
    details: (account) => ({
      requestParameters: {
        dBInstanceIdentifier: account.name(),
        applyImmediately: true,
        deletionProtection: true,
        masterUserPassword: "****",
      },
      responseElements: {
        dBInstanceIdentifier: account.name(),
        dBInstanceClass: "db.r7g.large",
        engine: "postgres",
        dBInstanceStatus: "available",
        publiclyAccessible: false,
        vpcSecurityGroups: [{ vpcSecurityGroupId: `sg-${account.hex(17)}`, status: "active" }],
        dBInstanceArn: account.arn("rds", `db:${account.name()}`),
      },
    }),
  },
  { weight: 14, service: "lambda", name: "ListFunctions20150331", by: ["person", "serviceLinked"] },
  {
    weight: 12,
    service: "lambda",
    name: "GetFunction20150331v2",
    by: ["pipeline", "person"],
    details: (account) => ({
      requestParameters: { functionName: account.arn("lambda", `function:${account.name()}`) },
    }),
  },
  {
    weight: 1,
    service: "lambda",
    name: "UpdateFunctionConfiguration20150331v2",
    by: ["pipeline"],
    writes: true,
    details: functionConfiguration,
  },
  {
    weight: 1,
    service: "lambda",
    name: "AddPermission20150331v2",
    by: ["pipeline"],
    writes: true,
    details: (account) => ({
      requestParameters: {
        functionName: `${account.name()}-worker`,
        statementId: "schedule",
        action: "lambda:InvokeFunction",
        principal: "events.amazonaws.com",
      },
    }),
  },
  { weight: 1, service: "events", name: "PutRule", by: ["pipeline"], writes: true, details: rule },
  {
    weight: 4,
    service: "cloudtrail",
    name: "LookupEvents",
    by: ["person"],
    details: () => ({
      requestParameters: {
        maxResults: 50,
        lookupAttributes: [{ attributeKey: "EventName", attributeValue: "StopLogging" }],
      },
    }),
  },
  {
    weight: 10,
    service: "cloudformation",
    name: "DescribeStacks",
    by: ["person", "pipeline"],
    details: (a) => ({ requestParameters: { stackName: a.name() } }),
  },
  { weight: 12, service: "monitoring", name: "DescribeAlarms", by: ["serviceLinked", "person"] },
  {
    weight: 10,
    service: "health",
    name: "DescribeEventAggregates",
    by: ["person"],
    details: () => ({
      requestParameters: { aggregateField: "eventTypeCategory", filter: { eventStatusCodes: ["open", "upcoming"] } },
    }),
  },
  { weight: 10, service: "config", name: "PutEvaluations", by: ["lambda", "app", "serviceLinked"], writes: true },
  { weight: 8, service: "sqs", name: "GetQueueAttributes", by: ["lambda", "app", "pipeline"] },
  {
    weight: 8,
    service: "secretsmanager",
    name: "DescribeSecret",
    by: ["pipeline", "pod", "app"],
    details: (a) => ({ requestParameters: { secretId: a.arn("secretsmanager", `secret:${a.name()}-${a.hex(6)}`) } }),
  },
];
