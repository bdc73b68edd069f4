import { describe, expect, test } from "@jest/globals";
import { withNames } from "../../../assertions/names";
import { statements } from "../../../assertions/policy-statements";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import { ACCOUNT, synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack();
const fn = theAttributes(stack, "aws_lambda_function");

function arnOf(type: string, path?: string): string {
  return reference(theResource(stack, type, path), "arn");
}

type Variable =
  | "DEAD_LETTER_QUEUES"
  | "MAX_ALERTS_PER_HOUR"
  | "MAX_RECEIVES"
  | "METRICS_NAMESPACE"
  | "NAMES"
  | "SEEN_TABLE";

function variablesOf(of: typeof stack): Readonly<Record<Variable, string>> {
  const { environment } = theAttributes(of, "aws_lambda_function");
  return (environment as { readonly variables: Readonly<Record<Variable, string>> }).variables;
}

describe("the function", () => {
  test("runs on Node 24 on arm64, from the zip's index.js", () => {
    expect(fn).toMatchObject({ runtime: "nodejs24.x", architectures: ["arm64"], handler: "index.handler" });
  });

  test("knows where it publishes, remembers and gives up, and nothing else when nothing is switched off", () => {
    expect(fn.environment).toEqual({
      variables: {
        SNS_TOPIC_ARN: arnOf("aws_sns_topic", "AlertsTopic"),
        PACKS: '["default"]',
        SEEN_TABLE: reference(theResource(stack, "aws_dynamodb_table"), "name"),
        MAX_ALERTS_PER_HOUR: "100",
        INCIDENT_MINUTES: "60",
        DEAD_LETTER_QUEUES: expect.any(String),
        MAX_RECEIVES: "5",
        METRICS_NAMESPACE: "trailwarden",
        NAMES: expect.any(String),
      },
    });
  });

  test("knows the regions that have an event path and the organization, where there are other regions or accounts", () => {
    const of = (unchecked: object) =>
      theAttributes(synthesizeStack({}, { unchecked: unchecked as never }), "aws_lambda_function").environment;
    const organization = { id: "o-a1b2c3d4e5", managementAccount: "111122223333" };

    expect(of({ regions: ["us-west-2", "eu-west-1"] })).toMatchObject({
      variables: { REGIONS: "us-east-1,eu-west-1,us-west-2" },
    });
    expect(of({ organization })).toMatchObject({
      variables: { REGIONS: "us-east-1", ORGANIZATION: JSON.stringify(organization) },
    });
    expect(JSON.stringify(of({ regions: ["us-east-1"] }))).not.toContain("REGIONS");
  });

  test("knows what the patterns' placeholders stand for, so far as the topic's ARN does not say", () => {
    expect(JSON.parse(variablesOf(stack).NAMES)).toEqual({
      prefix: "trailwarden",
      bucket: reference(theResource(stack, "aws_s3_bucket"), "bucket"),
      trail: "MyCloudTrail",
      logGroup: "/aws/cloudtrail/MyCloudTrail",
      deliveriesTopic: "trailwarden-deliveries",
      urgentTopic: "APICallAlert",
      archiveKeyId: reference(theResource(stack, "aws_kms_key", "ArchiveKey"), "key_id"),
      alertsKeyId: reference(theResource(stack, "aws_kms_key", "AlertsKey"), "key_id"),
    });
  });

  test("finds each queue's dead-letter queue by the queue's ARN", () => {
    const { DEAD_LETTER_QUEUES } = variablesOf(stack);

    expect(JSON.parse(DEAD_LETTER_QUEUES)).toEqual(
      Object.fromEntries(
        ["EventsQueue", "DeliveriesQueue"].map((path) => [
          arnOf("aws_sqs_queue", path),
          reference(theResource(stack, "aws_sqs_queue", `${path}_DeadLetters_Queue`), "url"),
        ]),
      ),
    );
  });

  test("gives up when every queue that it reads does", () => {
    const tries = resources(stack, "aws_sqs_queue").flatMap(({ attributes: { redrive_policy } }) =>
      redrive_policy === undefined ? [] : [JSON.parse(String(redrive_policy)).maxReceiveCount],
    );

    expect(tries.map(String)).toEqual([variablesOf(stack).MAX_RECEIVES, variablesOf(stack).MAX_RECEIVES]);
  });

  test("knows the configured prefix and number of alerts", () => {
    const named = synthesizeStack({ namePrefix: "guard", maxAlertsPerHour: 7 });
    const { METRICS_NAMESPACE, MAX_ALERTS_PER_HOUR, SEEN_TABLE } = variablesOf(named);

    expect([METRICS_NAMESPACE, MAX_ALERTS_PER_HOUR, withNames(named, SEEN_TABLE)]).toEqual([
      "guard",
      "7",
      "guard-seen",
    ]);
  });

  test("reserves no concurrency, of which a new account has hardly any", () => {
    expect(fn).not.toHaveProperty("reserved_concurrent_executions");
  });

  test("writes to the log group that the stack made for it", () => {
    const group = theResource(stack, "aws_cloudwatch_log_group", "AlertFunction_LogGroup");

    expect(group.attributes.name).toBe("/aws/lambda/trailwarden-alerts");
    expect(fn.logging_config).toMatchObject({ log_group: reference(group, "name") });
  });

  test("is made after its role may do what it must", () => {
    expect(fn.depends_on).toEqual([theResource(stack, "aws_iam_role_policy", "AlertFunction_RolePolicy").address]);
  });
});

describe("the function's role", () => {
  const role = theResource(stack, "aws_iam_role", "AlertFunction_Role");

  test("is the function's, and can be assumed by Lambda alone", () => {
    expect(fn.role).toBe(reference(role, "arn"));
    expect(statements(role, "assume_role_policy")).toMatchObject([
      { effect: "Allow", principal: { Service: "lambda.amazonaws.com" }, actions: ["sts:AssumeRole"] },
    ]);
  });

  test("may read two queues and the log files, publish alerts, use both keys for that, remember matches, read the account's alias, keep what failed, and write its own log", () => {
    const policies = resources(stack, "aws_iam_role_policy").filter(
      ({ attributes }) => attributes.role === reference(role, "name"),
    );
    const allowed = policies.flatMap((policy) => statements(policy));

    expect(allowed.map(({ effect, actions, resources: on }) => [effect, actions, on])).toEqual([
      [
        "Allow",
        ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        [arnOf("aws_sqs_queue", "EventsQueue"), arnOf("aws_sqs_queue", "DeliveriesQueue")],
      ],
      ["Allow", ["s3:GetObject"], [`${arnOf("aws_s3_bucket")}/AWSLogs/${ACCOUNT}/*`]],
      ["Allow", ["kms:Decrypt"], [arnOf("aws_kms_key", "ArchiveKey")]],
      ["Allow", ["sns:Publish"], [arnOf("aws_sns_topic", "AlertsTopic")]],
      ["Allow", ["kms:GenerateDataKey", "kms:Decrypt"], [arnOf("aws_kms_key", "AlertsKey")]],
      [
        "Allow",
        ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"],
        [arnOf("aws_dynamodb_table")],
      ],
      ["Allow", ["dynamodb:Query"], [`${arnOf("aws_dynamodb_table")}/index/open-closesAt`]],
      [
        "Allow",
        ["sqs:SendMessage"],
        [
          arnOf("aws_sqs_queue", "EventsQueue_DeadLetters_Queue"),
          arnOf("aws_sqs_queue", "DeliveriesQueue_DeadLetters_Queue"),
        ],
      ],
      ["Allow", ["iam:ListAccountAliases"], ["*"]],
      ["Allow", ["sqs:SendMessage"], [arnOf("aws_sqs_queue", "InvocationDeadLetters_Queue")]],
      [
        "Allow",
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        [`${arnOf("aws_cloudwatch_log_group", "AlertFunction_LogGroup")}:*`],
      ],
    ]);
  });
});

describe("every mapping of a queue", () => {
  const mappings = resources(stack, "aws_lambda_event_source_mapping").map(({ attributes }) => attributes);

  test("belongs to one of the two queues for work", () => {
    expect(mappings.map(({ event_source_arn }) => event_source_arn)).toEqual([
      arnOf("aws_sqs_queue", "DeliveriesQueue"),
      arnOf("aws_sqs_queue", "EventsQueue"),
    ]);
  });

  test("calls the function, takes back single messages and caps its concurrency", () => {
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({
        function_name: reference(theResource(stack, "aws_lambda_function"), "function_name"),
        function_response_types: ["ReportBatchItemFailures"],
        scaling_config: { maximum_concurrency: 5 },
      });
    }
  });
});

describe("the environment", () => {
  test("of more than 4 KB is refused with its size", () => {
    const disabledDetections = Array.from({ length: 200 }, (_, index) => `a-detection-with-a-long-name-${index}`);

    expect(() => synthesizeStack({}, { unchecked: { disabledDetections } })).toThrow(
      /environment would have \d{4} bytes, Lambda takes at most 4096/,
    );
  });

  test("of a little less is taken", () => {
    const disabledDetections = ["x".repeat(2_600)];
    const { environment } = theAttributes(
      synthesizeStack({}, { unchecked: { disabledDetections } }),
      "aws_lambda_function",
    );

    expect(environment).toMatchObject({ variables: { DISABLED_DETECTIONS: "x".repeat(2_600) } });
  });

  test("is counted at least as long as Terraform can make it", () => {
    const config = { alertsTopicName: "t".repeat(256), namePrefix: "p".repeat(20) };
    const longest = synthesizeStack(config);
    const real = Object.entries(variablesOf(longest)).map(([name, value]) => `${name}${filledIn(longest, value)}`);
    const disabledDetections = ["x".repeat(4_096)];
    let counted = 0;
    try {
      synthesizeStack(config, { unchecked: { disabledDetections } });
    } catch (error) {
      counted = Number(/would have (\d+) bytes/.exec(String(error))?.[1]) - "DISABLED_DETECTIONS".length - 4_096;
    }

    expect(real.join("")).not.toContain("${");
    expect(counted).toBeGreaterThanOrEqual(real.join("").length);
  });
});

/** The text with the longest ARNs, addresses and names that AWS could answer. */
function filledIn(of: typeof stack, text: string): string {
  return text.replace(/\$\{(\w+\.\w+)\.(arn|bucket|key_id|name|url)\}/g, (_, address: string, attribute: string) => {
    const [type = "", id = ""] = address.split(".");
    const name = String(of.resource[type]?.[id]?.name);
    const made = {
      arn: `arn:aws-us-gov:sqs:ap-southeast-99:111122223333:${name}`,
      url: `https://sqs.ap-southeast-99.amazonaws.com.cn/111122223333/${name}`,
      bucket: "b".repeat(63),
      key_id: `mrk-${"0".repeat(32)}`,
      name,
    };
    return made[attribute as keyof typeof made];
  });
}
