// Over 250 lines: one table of what each role may do.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Statement, statements } from "../../assertions/policy-statements";
import { type Resource, reference, resources, theAttributes, theResource } from "../../assertions/resources";
import { strings } from "../../assertions/strings";
import { ENTRY_POINTS } from "../../tools/packaging/bundle";
import { sourcesOf } from "../lambda-src/sources-of";
import { REPOSITORY } from "../repository";
import { SUBSCRIBERS, synthesizeStack } from "./synthesize-stack";

const stack = synthesizeStack({ subscribers: SUBSCRIBERS, regions: ["eu-west-1"] });

/** Construct path of the resource that a text refers to, and which index of a table: `aws_sqs_queue.EventsQueue`. */
function referred(text: string): string {
  const [, address = text, index = ""] =
    /\$\{(aws_\w+\.[\w-]+?)(?:_[0-9A-F]{8})?\.\w+\}(\/index\/.+)?/.exec(text) ?? [];
  return address + index;
}

function placeOf({ address }: Resource, { sid }: Statement): string {
  return `${address.replace(/_[0-9A-F]{8}$/, "")} ${sid}`;
}

/** Every statement of every policy, wherever it stands as text. */
const everyStatement = resources(stack).flatMap((resource) =>
  Object.entries(resource.attributes)
    .filter(([, value]) => typeof value === "string" && value.startsWith('{"Version":'))
    .flatMap(([attribute]) =>
      statements(resource, attribute).map((statement) => ({
        type: resource.type,
        place: placeOf(resource, statement),
        statement,
      })),
    ),
);
const allowing = everyStatement.filter(({ statement }) => statement.effect === "Allow");

describe("every statement that allows", () => {
  test("is looked at, of every kind of policy", () => {
    expect(allowing.length).toBeGreaterThan(20);
    expect([...new Set(allowing.map(({ type }) => type))].sort()).toEqual([
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_kms_key",
      "aws_s3_bucket_policy",
      "aws_sns_topic_policy",
      "aws_sqs_queue_policy",
    ]);
  });

  test("names a service's actions, except where the account administers its keys", () => {
    const wide = allowing
      .filter(({ statement }) => statement.actions.some((action) => action === "*" || action.endsWith(":*")))
      .map(({ place }) => place);

    expect(wide.sort()).toEqual([
      "aws_kms_key.AlertsKey AccountAdministersKey",
      "aws_kms_key.ArchiveKey AccountAdministersKey",
    ]);
  });

  test("has a star inside an action only where the service that encrypts chooses among variants", () => {
    const starred = allowing.flatMap(({ place, statement }) =>
      statement.actions.filter((action) => /[*?]/.test(action) && !action.endsWith(":*")).map((a) => `${place} ${a}`),
    );

    // GenerateDataKey* is GenerateDataKey and GenerateDataKeyWithoutPlaintext, ReEncrypt* is ReEncryptFrom and ReEncryptTo:
    // AWS documents the statements of these services in this form, and which variant they call is theirs to change.
    expect(starred.sort()).toEqual([
      "aws_kms_key.AlertsKey AlarmsPublish kms:GenerateDataKey*",
      "aws_kms_key.AlertsKey EventBridgePublishes kms:GenerateDataKey*",
      "aws_kms_key.ArchiveKey CloudTrailEncryptsLogFiles kms:GenerateDataKey*",
      "aws_kms_key.ArchiveKey CloudTrailPublishesDeliveries kms:GenerateDataKey*",
      "aws_kms_key.ArchiveKey LogGroupsEncrypt kms:GenerateDataKey*",
      "aws_kms_key.ArchiveKey LogGroupsEncrypt kms:ReEncrypt*",
    ]);
  });

  test("names its resources, except for a call that has none, and in a key's policy, where the star is the key itself", () => {
    const open = allowing.filter(
      ({ type, statement }) =>
        type !== "aws_kms_key" && statement.resources.some((on) => /^[*]|^arn:[^/]*:[*]$/.test(on)),
    );

    expect(open.map(({ place, statement }) => [place, statement.actions, statement.resources])).toEqual([
      ["aws_iam_role_policy.AlertFunction_RolePolicy NameOwnAccount", ["iam:ListAccountAliases"], ["*"]],
    ]);
  });

  test("is on the key itself in a key's policy", () => {
    const keys = allowing.filter(({ type }) => type === "aws_kms_key");

    expect(new Set(keys.flatMap(({ statement }) => statement.resources))).toEqual(new Set(["*"]));
  });
});

test("no statement says what it means by what it leaves out", () => {
  // Rules look for such statements in others' policies.
  const negative = resources(stack).filter(
    ({ type, attributes }) =>
      type !== "aws_cloudwatch_event_rule" &&
      strings(attributes).some((text) => /"Not(Action|Resource|Principal)":/.test(text)),
  );

  expect(negative).toEqual([]);
});

/** What the function's own calls need. */
const ACTION_OF: Readonly<Record<string, string>> = {
  "@aws-sdk/client-dynamodb GetItemCommand": "dynamodb:GetItem",
  "@aws-sdk/client-dynamodb PutItemCommand": "dynamodb:PutItem",
  "@aws-sdk/client-dynamodb QueryCommand": "dynamodb:Query",
  "@aws-sdk/client-dynamodb UpdateItemCommand": "dynamodb:UpdateItem",
  "@aws-sdk/client-iam ListAccountAliasesCommand": "iam:ListAccountAliases",
  "@aws-sdk/client-s3 GetObjectCommand": "s3:GetObject",
  "@aws-sdk/client-sns PublishCommand": "sns:Publish",
  "@aws-sdk/client-sqs SendMessageCommand": "sqs:SendMessage",
};

/** What the function's sources take from the SDK and make of it; types don't count. */
const sdkUses = sourcesOf(Object.values(ENTRY_POINTS)).map((file) =>
  sdkUse(readFileSync(join(REPOSITORY, file), "utf8")),
);

interface SdkUse {
  /** As `package name`. */
  readonly imported: readonly string[];
  /** Commands that are made, as `package name`. */
  readonly commands: readonly string[];
  /** Packages that are named in any way. */
  readonly packages: readonly string[];
}

function sdkUse(source: string): SdkUse {
  const imported = [...source.matchAll(/^import \{([^;]*?)\} from "(@aws-sdk\/[^"]+)";/gm)].flatMap(
    ([, names = "", from]) =>
      names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "" && !name.startsWith("type "))
        .map((name) => `${from} ${name}`),
  );
  const made = [...source.matchAll(/\bnew (\w+Command)\(/g)].map(([, name]) => name);
  return {
    imported,
    commands: made.map((name) => imported.find((each) => each.endsWith(` ${name}`)) ?? `nowhere ${name}`),
    packages: [...source.matchAll(/"(@aws-sdk\/[^"]+)"/g)].map(([, name]) => String(name)),
  };
}

const commands = [...new Set(sdkUses.flatMap((use) => use.commands))].sort();

describe("the function's calls", () => {
  test("are commands of clients that are imported by name: nothing else of the SDK is used", () => {
    const imported = [...new Set(sdkUses.flatMap((use) => use.imported))].sort();
    const packages = [...new Set(sdkUses.flatMap((use) => use.packages))].sort();

    expect(imported.filter((name) => !commands.includes(name))).toEqual([
      "@aws-sdk/client-dynamodb DynamoDBClient",
      "@aws-sdk/client-iam IAMClient",
      "@aws-sdk/client-s3 S3Client",
      "@aws-sdk/client-sns SNSClient",
      "@aws-sdk/client-sqs SQSClient",
    ]);
    expect(packages).toEqual([
      "@aws-sdk/client-dynamodb",
      "@aws-sdk/client-iam",
      "@aws-sdk/client-s3",
      "@aws-sdk/client-sns",
      "@aws-sdk/client-sqs",
    ]);
  });

  test("have an action each in the table, which has no other", () => {
    expect(commands).toEqual(Object.keys(ACTION_OF).sort());
  });
});

/** What a role's policies allow, as `action resource`. */
function allowedTo(role: Resource): readonly string[] {
  return resources(stack, "aws_iam_role_policy")
    .filter(({ attributes }) => attributes.role === reference(role, "name"))
    .flatMap((policy) => statements(policy))
    .flatMap(({ actions, resources: on }) =>
      actions.flatMap((action) => on.map((arn) => `${action} ${referred(arn)}`)),
    );
}

/** What the function's role needs, as `action resource`: for the code's calls, and for what Lambda does on its behalf. */
function neededByTheFunction(): readonly string[] {
  const fn = theAttributes(stack, "aws_lambda_function");
  const { variables } = fn.environment as {
    readonly variables: Readonly<Record<"DEAD_LETTER_QUEUES" | "SEEN_TABLE" | "SNS_TOPIC_ARN", string>>;
  };
  const { target_arn: deadLetters } = fn.dead_letter_config as { readonly target_arn: string };
  const { log_group: logGroup } = fn.logging_config as { readonly log_group: string };
  const topic = referred(variables.SNS_TOPIC_ARN);
  const table = referred(variables.SEEN_TABLE);
  const { kms_key_arn: tableKey } = theAttributes(stack, "aws_dynamodb_table").server_side_encryption as {
    readonly kms_key_arn: string;
  };
  // Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html, "Decrypt": of the
  // table's key, that is what DynamoDB uses in the name of who reads or writes; the rest it does by its own grant.
  const tableCall = (action: string) => [`${action} ${table}`, `kms:Decrypt ${referred(tableKey)}`];
  const bucket = "aws_s3_bucket.LogArchive_Bucket";
  const calls: Readonly<Record<string, readonly string[]>> = {
    // The bucket encrypts with a key: who reads an object must be allowed to decrypt it.
    "s3:GetObject": [`s3:GetObject ${bucket}`, `kms:Decrypt ${keyOfTheArchive()}`],
    // Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    "sns:Publish": [
      `sns:Publish ${topic}`,
      `kms:GenerateDataKey ${keyOfTopic(topic)}`,
      `kms:Decrypt ${keyOfTopic(topic)}`,
    ],
    "dynamodb:GetItem": tableCall("dynamodb:GetItem"),
    "dynamodb:PutItem": tableCall("dynamodb:PutItem"),
    "dynamodb:UpdateItem": tableCall("dynamodb:UpdateItem"),
    // Of a window's members, and by the index of the windows that are due.
    "dynamodb:Query": [...tableCall("dynamodb:Query"), `dynamodb:Query ${table}/index/open-closesAt`],
    // It can't be limited to a resource: it names none.
    "iam:ListAccountAliases": ["iam:ListAccountAliases *"],
    // The queues encrypt by themselves.
    "sqs:SendMessage": Object.values(JSON.parse(variables.DEAD_LETTER_QUEUES) as Record<string, string>).map(
      (url) => `sqs:SendMessage ${referred(url)}`,
    ),
  };
  return [
    ...commands
      .map((command) => ACTION_OF[command] ?? command)
      .flatMap((action) => calls[action] ?? [`nothing is known of ${action}`]),
    // Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    ...resources(stack, "aws_lambda_event_source_mapping").flatMap(({ attributes }) =>
      ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"].map(
        (action) => `${action} ${referred(String(attributes.event_source_arn))}`,
      ),
    ),
    `kms:Decrypt ${referred(String(fn.kms_key_arn))}`,
    `sqs:SendMessage ${referred(deadLetters)}`,
    `logs:CreateLogStream ${referred(logGroup)}`,
    `logs:PutLogEvents ${referred(logGroup)}`,
  ];
}

function keyOfTheArchive(): string {
  const [{ apply_server_side_encryption_by_default: encryption } = {}] = theAttributes(
    stack,
    "aws_s3_bucket_server_side_encryption_configuration",
    "LogArchive_Encryption",
  ).rule as readonly { readonly apply_server_side_encryption_by_default?: { readonly kms_master_key_id: string } }[];
  return referred(String(encryption?.kms_master_key_id));
}

function keyOfTopic(topic: string): string {
  const [type = "", path] = topic.split(".");
  return referred(String(theAttributes(stack, type, path).kms_master_key_id));
}

describe("the roles", () => {
  const functionRole = theResource(stack, "aws_iam_role", "AlertFunction_Role");
  const schedulesRole = theResource(stack, "aws_iam_role", "Schedules_Role");
  const trailRole = theResource(stack, "aws_iam_role", "TrailLogGroup_Role");

  const forwardingRole = theResource(stack, "aws_iam_role", "Forwarding_Role");

  test("are the function's, Scheduler's, CloudTrail's and the forwarders', and no others", () => {
    expect(resources(stack, "aws_iam_role").map(({ address }) => address)).toEqual([
      functionRole.address,
      forwardingRole.address,
      schedulesRole.address,
      trailRole.address,
    ]);
    expect(theAttributes(stack, "aws_lambda_function").role).toBe(reference(functionRole, "arn"));
    expect(theAttributes(stack, "aws_cloudtrail").cloud_watch_logs_role_arn).toBe(reference(trailRole, "arn"));
  });

  test("of the function may do what its code and Lambda do with it: nothing is missing, nothing is spare", () => {
    const needed = [...new Set(neededByTheFunction())].sort();

    expect([...allowedTo(functionRole)].sort()).toEqual(needed);
  });

  test("of Scheduler may do what its schedules need: nothing is missing, nothing is spare", () => {
    const needed = resources(stack, "aws_scheduler_schedule").flatMap(({ attributes: { target, kms_key_arn } }) => {
      const { arn, dead_letter_config: deadLetters } = target as {
        readonly arn: string;
        readonly dead_letter_config: { readonly arn: string };
      };
      return [
        `sqs:SendMessage ${referred(arn)}`,
        `sqs:SendMessage ${referred(deadLetters.arn)}`,
        `kms:Decrypt ${referred(String(kms_key_arn))}`,
      ];
    });

    expect([...allowedTo(schedulesRole)].sort()).toEqual([...new Set(needed)].sort());
  });

  test("of the forwarders may put events where their targets put them: nothing is missing, nothing is spare", () => {
    const needed = resources(stack, "aws_cloudwatch_event_target")
      .filter(({ attributes }) => attributes.role_arn === reference(forwardingRole, "arn"))
      .map(({ attributes }) => `events:PutEvents ${referred(String(attributes.arn))}`);

    expect(needed.length).toBeGreaterThan(2);
    expect(allowedTo(forwardingRole)).toEqual([...new Set(needed)]);
  });

  test("of CloudTrail may make streams and write to them", () => {
    const actions = resources(stack, "aws_iam_role_policy")
      .filter(({ attributes }) => attributes.role === reference(trailRole, "name"))
      .flatMap((policy) => statements(policy))
      .flatMap((statement) => statement.actions);

    expect(actions).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
  });
});
