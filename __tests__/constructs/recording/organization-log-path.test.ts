// Over 250 lines: an organization's log path, made here and found in other accounts.
import { describe, expect, test } from "@jest/globals";
import { type Statement, statements, theStatement } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import type { Attributes, SynthesizedStack } from "../../../assertions/synthesized-stack";
import { compilePattern } from "../../../detection/pattern/compile";
import { matches } from "../../../detection/pattern/match";
import { ACCOUNT, PARTITION, synthesizeStack } from "../synthesize-stack";

const ID = "o-a1b2c3d4e5";
const MANAGEMENT = "444455556666";
const ARCHIVE = "777788889999";
const organization = { id: ID, managementAccount: MANAGEMENT };
const OWN_TRAIL = `arn:${PARTITION}:cloudtrail:us-east-1:${MANAGEMENT}:trail/MyCloudTrail`;
const TRAIL = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:trail/aws-controltower-BaselineCloudTrail`;
const KEY = `arn:aws:kms:us-east-1:${ARCHIVE}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const TOPIC = `arn:aws:sns:us-east-1:${ARCHIVE}:aws-controltower-AllConfigNotifications`;
const BUCKET = `arn:${PARTITION}:s3:::aws-controltower-logs`;
const existing = (id: string, others: object = {}) => ({ mode: "existing", id, ...others });

const ELSEWHERE = {
  trail: existing(TRAIL, { keyPrefix: ID }),
  bucket: existing("aws-controltower-logs"),
  archiveKey: existing(KEY),
};

const created = synthesizeStack({ organization });
const elsewhere = synthesizeStack({
  organization,
  rolePath: "/security/",
  resources: { ...ELSEWHERE, deliveriesTopic: existing(TOPIC) },
});
const byEvents = synthesizeStack({
  organization: { ...organization, deliveries: "eventbridge" },
  resources: ELSEWHERE,
});

const functionPolicy = (stack: SynthesizedStack) =>
  theResource(stack, "aws_iam_role_policy", "AlertFunction_RolePolicy");
const ownNames = (stack: SynthesizedStack) => {
  const { environment } = theResource(stack, "aws_lambda_function", "AlertFunction").attributes;
  return JSON.parse((environment as { variables: Record<string, string> }).variables.NAMES as string) as Attributes;
};
interface Owed {
  readonly resource: string;
  readonly id: string;
  readonly statements: readonly Attributes[];
}
const owed = (stack: SynthesizedStack) => JSON.parse(String(stack.output.statements_to_add?.value)) as readonly Owed[];
const sources = (all: readonly Statement[]) =>
  all.flatMap(({ condition }) => condition.StringEquals?.["aws:SourceArn"] ?? []);

describe("a trail that is created", () => {
  test("records every account; without an organization, the one", () => {
    expect(theAttributes(created, "aws_cloudtrail")).toMatchObject({
      is_organization_trail: true,
      is_multi_region_trail: true,
    });
    expect(theAttributes(synthesizeStack(), "aws_cloudtrail")).not.toHaveProperty("is_organization_trail");
  });

  test("is let in as the management account's, whichever account creates it", () => {
    const policies = [
      theResource(created, "aws_s3_bucket_policy"),
      theResource(created, "aws_kms_key", "ArchiveKey"),
      theResource(created, "aws_sns_topic_policy", "DeliveriesTopic_Policy"),
    ];
    const all = policies.flatMap((policy) =>
      statements(policy).filter(({ services }) => services.includes("cloudtrail.amazonaws.com")),
    );

    expect(all.map(({ sid }) => sid)).toEqual([
      "CloudTrailChecksAcl",
      "CloudTrailWrites",
      "CloudTrailEncryptsLogFiles",
      "CloudTrailReadsKey",
      "CloudTrailPublishesDeliveries",
      "CloudTrailPublishes",
    ]);
    expect(sources(all)).toEqual(all.map(() => OWN_TRAIL));
    expect(theStatement(policies[1] as never, "CloudTrailEncryptsLogFiles").condition.StringEquals).toHaveProperty(
      ["kms:EncryptionContext:aws:cloudtrail:arn"],
      OWN_TRAIL,
    );
    expect(JSON.stringify(created)).not.toContain(`${ACCOUNT}:trail/`);
  });

  test("writes below the organization's id and the management account's, nowhere else", () => {
    const bucketArn = reference(theResource(created, "aws_s3_bucket"), "arn");

    expect(theStatement(theResource(created, "aws_s3_bucket_policy"), "CloudTrailWrites").resources).toEqual([
      `${bucketArn}/AWSLogs/${MANAGEMENT}/*`,
      `${bucketArn}/AWSLogs/${ID}/*`,
    ]);
  });

  test("is refused nothing but what comes without TLS: else CloudTrail would refuse to create it", () => {
    const denied = statements(theResource(created, "aws_s3_bucket_policy")).filter(({ effect }) => effect === "Deny");

    expect(denied.map(({ sid, condition }) => [sid, condition])).toEqual([
      ["DenyInsecureTransport", { Bool: { "aws:SecureTransport": "false" } }],
    ]);
  });

  test("writes the streams of an organization trail and of an account's", () => {
    const [policy] = statements(theResource(created, "aws_iam_role_policy", "TrailLogGroup_RolePolicy"));
    const stream = (name: string) =>
      `arn:${PARTITION}:logs:us-east-1:${ACCOUNT}:log-group:/aws/cloudtrail/MyCloudTrail:log-stream:${name}`;

    expect(policy?.resources).toEqual([
      stream(`${ACCOUNT}_CloudTrail_*`),
      stream(`${MANAGEMENT}_CloudTrail_*`),
      stream(`${ID}_*`),
    ]);
  });

  test("is read by the function below both prefixes, and decrypted for them alone", () => {
    const bucketArn = reference(theResource(created, "aws_s3_bucket"), "arn");
    const files = [`${bucketArn}/AWSLogs/${MANAGEMENT}/*`, `${bucketArn}/AWSLogs/${ID}/*`];
    const decrypts = theStatement(functionPolicy(created), "DecryptLogFiles");

    expect(theStatement(functionPolicy(created), "ReadLogFiles").resources).toEqual(files);
    expect(decrypts.resources).toEqual([reference(theResource(created, "aws_kms_key", "ArchiveKey"), "arn")]);
    expect(decrypts.condition).toEqual({
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, ...files] },
    });
  });

  test("keeps its alarm and topic, and asks nothing of anybody", () => {
    expect(theResource(created, "aws_cloudwatch_metric_alarm", "Alarms_Silence").attributes.namespace).toBe("AWS/SNS");
    expect(created.output.statements_to_add).toBeUndefined();
    expect(ownNames(created)).toMatchObject({ trailAccount: MANAGEMENT, logFolder: `AWSLogs/${ID}` });
    expect(ownNames(created)).not.toHaveProperty("deliveriesTopicAccount");
  });
});

describe("a trail that is adopted", () => {
  const adopted = (others: object) =>
    theAttributes(
      synthesizeStack({
        resources: { trail: { mode: "adopt", id: TRAIL } },
        ...others,
      }),
      "aws_cloudtrail",
    );
  const ignored = ({ lifecycle }: Attributes) => (lifecycle as { ignore_changes: string[] }).ignore_changes;

  test("becomes an organization's with one, and keeps what it is without", () => {
    expect(adopted({ organization }).is_organization_trail).toBe(true);
    expect(ignored(adopted({ organization }))).toEqual(["tags", "tags_all", "insight_selector"]);
    expect(adopted({})).not.toHaveProperty("is_organization_trail");
    expect(ignored(adopted({}))).toContain("is_organization_trail");
  });

  test.each([
    ["trail is created", {}],
    ["trail is adopted", { trail: { mode: "adopt", id: TRAIL } }],
  ])("names another account's topic by its ARN, as the provider reads it: the %s", (_, resources) => {
    const stack = synthesizeStack({ organization, resources: { ...resources, deliveriesTopic: existing(TOPIC) } });

    expect(theAttributes(stack, "aws_cloudtrail").sns_topic_name).toBe(
      `\${(data.aws_caller_identity.Account.account_id == "${ARCHIVE}") ? "aws-controltower-AllConfigNotifications" : "${TOPIC}"}`,
    );
  });
});

describe("a trail, bucket, key and topic of other accounts", () => {
  const FILES = [`${BUCKET}/${ID}/AWSLogs/${MANAGEMENT}/*`, `${BUCKET}/${ID}/AWSLogs/${ID}/*`];

  test("are not touched", () => {
    const types = ["aws_cloudtrail", "aws_s3_bucket", "aws_s3_bucket_policy"];

    expect(types.flatMap((type) => resources(elsewhere, type))).toEqual([]);
    expect(resources(elsewhere, "aws_sns_topic").map(({ attributes }) => attributes.name)).toEqual([
      "cloudtrail-alerts-demo",
      "APICallAlert",
    ]);
  });

  test("are subscribed to and let into the queues", () => {
    const queue = theResource(elsewhere, "aws_sqs_queue", "DeliveriesQueue");
    const letsIn = (name: string) =>
      statements(theResource(elsewhere, "aws_sqs_queue_policy", name)).find(({ services }) =>
        services.includes("sns.amazonaws.com"),
      )?.condition.ArnLike?.["aws:SourceArn"];

    expect(theResource(elsewhere, "aws_sns_topic_subscription", "DeliveriesSubscription").attributes).toMatchObject({
      topic_arn: TOPIC,
      protocol: "sqs",
      endpoint: reference(queue, "arn"),
      raw_message_delivery: true,
    });
    expect(letsIn("DeliveriesQueue_Policy")).toEqual([TOPIC]);
    expect(letsIn("SubscriptionDeadLetters_Policy")).toContain(TOPIC);
  });

  test("are read by the function below the trail's key prefix", () => {
    const decrypts = theStatement(functionPolicy(elsewhere), "DecryptLogFiles");

    expect(theStatement(functionPolicy(elsewhere), "ReadLogFiles").resources).toEqual(FILES);
    expect(decrypts.resources).toEqual([KEY]);
    expect(decrypts.condition.StringLike).toEqual({ "kms:EncryptionContext:aws:s3:arn": [BUCKET, ...FILES] });
  });

  test("need three statements, of their owners, for the function's role and the queue", () => {
    const role = theResource(elsewhere, "aws_iam_role", "AlertFunction_Role").attributes;
    const queue = theResource(elsewhere, "aws_sqs_queue", "DeliveriesQueue").attributes;
    const roleArn = `arn:${PARTITION}:iam::${ACCOUNT}:role${role.path as string}${role.name as string}`;
    const common = { Effect: "Allow", Principal: { AWS: `arn:${PARTITION}:iam::${ACCOUNT}:root` } };
    const byFunction = { ArnEquals: { "aws:PrincipalArn": roleArn } };

    expect(role.path).toBe("/security/");
    expect(owed(elsewhere)).toEqual([
      {
        resource: "archiveKey",
        id: KEY,
        statements: [
          {
            Sid: "TrailwardenDecryptsLogFiles",
            ...common,
            Action: "kms:Decrypt",
            Resource: "*",
            Condition: {
              ...byFunction,
              StringLike: { "kms:EncryptionContext:aws:s3:arn": [BUCKET, ...FILES] },
            },
          },
        ],
      },
      {
        resource: "bucket",
        id: "aws-controltower-logs",
        statements: [
          {
            Sid: "TrailwardenReadsLogFiles",
            ...common,
            Action: "s3:GetObject",
            Resource: FILES,
            Condition: byFunction,
          },
        ],
      },
      {
        resource: "deliveriesTopic",
        id: TOPIC,
        statements: [
          {
            Sid: "TrailwardenSubscribes",
            ...common,
            Action: "sns:Subscribe",
            Resource: TOPIC,
            Condition: {
              StringEquals: {
                "sns:Protocol": "sqs",
                "sns:Endpoint": `arn:${PARTITION}:sqs:us-east-1:${ACCOUNT}:${queue.name as string}`,
              },
            },
          },
        ],
      },
    ]);
  });

  test("need CloudTrail's statements too where the trail is created", () => {
    const { trail: _, ...others } = ELSEWHERE;
    const stack = synthesizeStack({ organization, resources: { ...others, deliveriesTopic: existing(TOPIC) } });
    const all = owed(stack);

    expect(all.map(({ statements: each }) => each.map(({ Sid }) => Sid))).toEqual([
      ["CloudTrailEncryptsLogFiles", "CloudTrailReadsKey", "TrailwardenDecryptsLogFiles"],
      ["CloudTrailChecksAcl", "CloudTrailWrites", "TrailwardenReadsLogFiles"],
      ["CloudTrailPublishes", "TrailwardenSubscribes"],
    ]);
    expect(JSON.stringify(all)).toContain(`"aws:SourceArn":"${OWN_TRAIL}"`);
    expect(JSON.stringify(all)).toContain(`"${BUCKET}/AWSLogs/${ID}/*"`);
    expect(theAttributes(stack, "aws_cloudtrail").kms_key_id).toBe(KEY);
  });

  test("don't encrypt the deployment's log groups: another account's key might not", () => {
    const own = theResource(elsewhere, "aws_kms_key", "ArchiveKey");
    const groups = resources(elsewhere, "aws_cloudwatch_log_group");

    expect(groups.map(({ attributes }) => attributes.kms_key_id)).toEqual([reference(own, "arn")]);
    expect(statements(own).map(({ sid }) => sid)).toEqual([
      "AccountAdministersKey",
      "CloudTrailPublishesDeliveries",
      "LogGroupsEncrypt",
    ]);
    expect(ownNames(elsewhere)).toMatchObject({
      archiveKeyId: KEY.split("/")[1],
      trailAccount: MANAGEMENT,
      deliveriesTopicAccount: ARCHIVE,
      logFolder: `${ID}/AWSLogs/${ID}`,
    });
  });

  test("are silent when the function has read no log file: their topic's metric lies elsewhere, or counts more", () => {
    expect(theResource(elsewhere, "aws_cloudwatch_metric_alarm", "Alarms_Silence").attributes).toMatchObject({
      namespace: "trailwarden",
      metric_name: "Objects",
      treat_missing_data: "breaching",
    });
    expect(
      theResource(elsewhere, "aws_cloudwatch_metric_alarm", "Alarms_Silence").attributes.dimensions,
    ).toBeUndefined();
  });
});

describe("deliveries by EventBridge", () => {
  const rule = theResource(byEvents, "aws_cloudwatch_event_rule", "DeliveriesRule");

  test("have a rule and no topic", () => {
    const target = theResource(byEvents, "aws_cloudwatch_event_target", "DeliveriesRule_Queue").attributes;
    const deadLetters = theResource(byEvents, "aws_sqs_queue", "TargetDeadLetters_Queue");

    expect(resources(byEvents, "aws_sns_topic").filter(({ address }) => address.includes("Deliveries"))).toEqual([]);
    expect(
      resources(byEvents, "aws_sns_topic_subscription").filter(({ address }) => address.includes("Deliveries")),
    ).toEqual([]);
    expect(rule.attributes.name).toBe("trailwarden-deliveries");
    expect(rule.attributes).not.toHaveProperty("event_bus_name");
    expect(target).toMatchObject({
      rule: reference(rule, "name"),
      arn: reference(theResource(byEvents, "aws_sqs_queue", "DeliveriesQueue"), "arn"),
      dead_letter_config: { arn: reference(deadLetters, "arn") },
    });
  });

  test("let that rule alone into their queue, and into the dead letters", () => {
    const senders = (name: string) =>
      statements(theResource(byEvents, "aws_sqs_queue_policy", name))
        .filter(({ effect }) => effect === "Allow")
        .map(({ services, condition }) => [services, condition.ArnLike?.["aws:SourceArn"]]);
    const arn = (name: string) => `arn:${PARTITION}:events:us-east-1:${ACCOUNT}:rule/${name}`;

    expect(senders("DeliveriesQueue_Policy")).toEqual([[["events.amazonaws.com"], [arn("trailwarden-deliveries")]]]);
    expect(senders("TargetDeadLetters_Policy")[0]?.[1]).toContain(arn("trailwarden-*"));
  });

  test.each([
    [true, {}],
    [true, { key: `${ID}/AWSLogs/${MANAGEMENT}/CloudTrail/us-east-1/2026/11/20/a.json.gz` }],
    [false, { key: `${ID}/AWSLogs/${ARCHIVE}/Config/us-east-1/2026/11/20/ConfigHistory/a.json.gz` }],
    [false, { key: `AWSLogs/${ID}/${ARCHIVE}/CloudTrail/us-east-1/2026/11/20/a.json.gz` }],
    [false, { key: `${ID}/AWSLogs/${ID}/${ARCHIVE}/CloudTrail/us-east-1/2026/11/20/a.txt` }],
    [false, { bucket: "another" }],
    [false, { type: "Object Deleted" }],
    [false, { source: "com.example" }],
  ])("match %s: %j", (expected, { key, bucket, type, source }: Readonly<Record<string, string>>) => {
    const event = {
      source: source ?? "aws.s3",
      "detail-type": type ?? "Object Created",
      account: ARCHIVE,
      detail: {
        bucket: { name: bucket ?? "aws-controltower-logs" },
        object: { key: key ?? `${ID}/AWSLogs/${ID}/${ARCHIVE}/CloudTrail/us-east-1/2026/11/20/a.json.gz`, size: 1 },
      },
    };

    expect(matches(compilePattern(JSON.parse(String(rule.attributes.event_pattern))), event)).toBe(expected);
  });

  test("need no statement of a topic's owner", () => {
    expect(owed(byEvents).map(({ resource }) => resource)).toEqual(["archiveKey", "bucket"]);
    expect(theResource(byEvents, "aws_cloudwatch_metric_alarm", "Alarms_Silence").attributes.metric_name).toBe(
      "Objects",
    );
  });
});
