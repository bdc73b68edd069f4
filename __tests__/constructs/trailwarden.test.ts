import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { describe, expect, test } from "@jest/globals";
import type { TerraformStack } from "cdktf";
import { resources } from "../../assertions/resources";
import { strings } from "../../assertions/strings";
import type { SynthesizedStack } from "../../assertions/synthesized-stack";
import type { TrailwardenProps } from "../../constructs/deployable/trailwarden-props";
import { Trailwarden } from "../../constructs/trailwarden";
import { TrailwardenStack } from "../../constructs/trailwarden-stack";
import { inOwnStack, newApp, OwnStack, synthesized } from "./own-stack";
import { synthesizeStack } from "./synthesize-stack";

const SUBSCRIBER = { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" } as const;

/** Addresses that texts refer to, and those that there are. */
function dangling(stack: SynthesizedStack): readonly string[] {
  const there = new Set([
    ...resources(stack).map(({ address }) => address),
    ...Object.entries(stack.data).flatMap(([type, byId]) => Object.keys(byId).map((id) => `data.${type}.${id}`)),
  ]);
  const referred = strings(stack).flatMap((text) =>
    [...text.matchAll(/(?<!\$)\$\{([^}]*)\}/g)].flatMap(([, expression]) =>
      [...String(expression).matchAll(/\b(?:data\.)?aws_\w+\.\w+/g)].map(([address]) => address),
    ),
  );
  expect(referred.length).toBeGreaterThan(100);
  return referred.filter((address) => !there.has(address));
}

/** Names that AWS has once in an account and region. */
function namesIn(stack: SynthesizedStack): readonly string[] {
  return resources(stack)
    .filter(({ type }) => type !== "aws_iam_role_policy")
    .flatMap(({ type, attributes }) =>
      [attributes.name, attributes.bucket, attributes.function_name, attributes.alarm_name]
        .filter((name) => typeof name === "string" && !name.startsWith("${"))
        .map((name) => `${type} ${name}`),
    );
}

describe('with the id "Default"', () => {
  test("a user's own stack has TrailwardenStack's resources, at the same addresses", () => {
    const own = inOwnStack((stack) => new Trailwarden(stack, "Default", { subscribers: [SUBSCRIBER] }));
    const ours = synthesizeStack({ subscribers: [SUBSCRIBER] });
    // The function's zip is another one there.
    const { aws_lambda_function: ownFunction, ...ownRest } = own.resource;
    const { aws_lambda_function: ourFunction, ...ourRest } = ours.resource;

    expect(ownRest).toEqual(ourRest);
    expect(Object.keys(ownFunction ?? {})).toEqual(Object.keys(ourFunction ?? {}));
    expect(own.data).toEqual(ours.data);
  });

  test("it brings neither outputs nor a provider", () => {
    const own = inOwnStack((stack) => new Trailwarden(stack, "Default"));

    expect(own.output ?? {}).toEqual({});
    expect(own.provider).toEqual({ aws: [{ region: "us-east-1" }] });
  });

  test("the function's zip lies beside the stack", () => {
    const app = newApp();
    new OwnStack(app, "own", "us-east-1", (stack) => new Trailwarden(stack, "Default"));
    const [fn] = resources(synthesized(app), "aws_lambda_function");
    const zip = readFileSync(join(app.outdir, "stacks", "own", String(fn?.attributes.filename)));

    expect(zip.subarray(0, 2).toString()).toBe("PK");
    expect(fn?.attributes.source_code_hash).toMatch(/^[\w+/]{43}=$/);
  });
});

describe("with another id", () => {
  const guard = { namePrefix: "guard", trailName: "Guard", alertsTopicName: "guard", urgentTopicName: "guard-urgent" };
  const QUEUE = "arn:aws:sqs:us-east-1:111122223333:tickets";

  test("every address begins with it, and every reference leads to one", () => {
    const own = inOwnStack((stack) => new Trailwarden(stack, "Guard", guard));

    expect(
      resources(own)
        .map(({ address }) => address)
        .filter((address) => !/^\w+\.Guard_/.test(address)),
    ).toEqual([]);
    expect(dangling(own)).toEqual([]);
  });

  test("two stand in one stack, each with its own account check", () => {
    const subscribers = [{ protocol: "sqs", endpoint: QUEUE }] as const;
    const own = inOwnStack((stack) => {
      new Trailwarden(stack, "Default", { subscribers });
      new Trailwarden(stack, "Guard", { ...guard, subscribers });
    });
    const { check } = own as unknown as { readonly check: Readonly<Record<string, unknown>> };
    const [, other = ""] = Object.keys(check);

    expect(resources(own)).toHaveLength(resources(synthesizeStack({ subscribers })).length * 2);
    expect(dangling(own)).toEqual([]);
    expect(namesIn(own)).toEqual([...new Set(namesIn(own))]);
    expect(Object.keys(check)).toEqual(["accounts", expect.stringMatching(/^accounts_Guard_Account_[0-9A-F]{8}$/)]);
    expect(JSON.stringify(check[other])).toContain(`data.aws_caller_identity.${other.slice("accounts_".length)}.`);
  });

  test("two of one stack must not give the same names", () => {
    const pair = (props: TrailwardenProps, others: TrailwardenProps) => () =>
      inOwnStack((stack) => {
        new Trailwarden(stack, "Default", props);
        new Trailwarden(stack, "Guard", others);
      });
    const alertsTopic = { mode: "existing", id: "arn:aws:sns:us-east-1:111122223333:shared" } as const;
    const ofKey = (key: string) =>
      new RegExp(`\\[own/Guard\\] ${key} is ".*", as in another Trailwarden of this stack`);

    for (const key of ["namePrefix", "trailName", "alertsTopicName", "urgentTopicName"] as const) {
      const { [key]: _, ...others } = guard;
      expect(pair({}, others)).toThrow(ofKey(key));
    }
    const { alertsTopicName: _, ...others } = guard;
    expect(pair({ resources: { alertsTopic } }, { ...others, resources: { alertsTopic } })).not.toThrow();

    const organization = { id: "o-a1b2c3d4e5", managementAccount: "444455556666" };
    expect(pair({ organization }, { ...guard, organization })).toThrow(
      "[own/Guard] organization is set, as in another Trailwarden of this stack: set it in one of them",
    );
    expect(pair({ organization }, guard)).not.toThrow();
  });

  test("two stand in two stacks of one app, each in its region", () => {
    const app = newApp();
    new OwnStack(app, "east", "us-east-1", (stack) => new Trailwarden(stack, "Default"));
    new OwnStack(
      app,
      "west",
      "eu-west-1",
      (stack) => new Trailwarden(stack, "Default", { ...guard, region: "eu-west-1" }),
    );
    const [east, west] = [synthesized(app, "east"), synthesized(app, "west")];

    expect(dangling(east)).toEqual([]);
    expect(dangling(west)).toEqual([]);
    expect(JSON.stringify(west)).not.toContain("us-east-1");
    // Roles and, by their names, buckets are the account's or the world's.
    expect(namesIn(west).filter((name) => namesIn(east).includes(name))).toEqual([]);
  });
});

describe("what is readable", () => {
  test("are topics, archive, trail and function, as references", () => {
    let made: Trailwarden | undefined;
    const own = inOwnStack((stack) => {
      made = new Trailwarden(stack, "Default");
      new SqsQueue(stack, "Values", {
        name: JSON.stringify(
          [made.alertsTopic, made.urgentTopic, made.logArchive, made.trail, made.alertFunction].map((part) =>
            Object.entries(part).filter(([key]) => /^(arn|\w+Name|keyArn)$/.test(key)),
          ),
        ),
      });
    });
    const values = Object.fromEntries(
      (JSON.parse(String(own.resource.aws_sqs_queue?.Values?.name)) as [string, string][][]).flatMap((part, index) =>
        part.map(([key, value]) => [`${["alerts", "urgent", "archive", "trail", "function"][index]}.${key}`, value]),
      ),
    );

    expect(values).toEqual({
      "alerts.arn": "${aws_sns_topic.AlertsTopic_A61BB229.arn}",
      "alerts.topicName": "${aws_sns_topic.AlertsTopic_A61BB229.name}",
      "urgent.arn": "${aws_sns_topic.UrgentTopic_2C2CF12D.arn}",
      "urgent.topicName": "${aws_sns_topic.UrgentTopic_2C2CF12D.name}",
      "archive.arn": "${aws_s3_bucket.LogArchive_Bucket_4CEEDFB3.arn}",
      "archive.bucketName": "${aws_s3_bucket.LogArchive_Bucket_4CEEDFB3.bucket}",
      "archive.keyArn": "${aws_kms_key.ArchiveKey_5C51534B.arn}",
      "trail.arn": "${aws_cloudtrail.Trail_8987F129.arn}",
      "function.functionName": "${aws_lambda_function.AlertFunction_49E4A01B.function_name}",
      "function.logGroupName": "${aws_cloudwatch_log_group.AlertFunction_LogGroup_20E0764D.name}",
    });
    expect(made?.warnings).toContainEqual(expect.stringMatching(/^subscribers is empty: /));
    expect(made?.statementsToAdd).toEqual([]);
  });

  test("are the statements that owners must add, in words, under any id", () => {
    let made: Trailwarden | undefined;
    inOwnStack((stack) => {
      made = new Trailwarden(stack, "Guard", { resources: { bucket: { mode: "existing", id: "central-logs" } } });
    });

    expect(made?.statementsToAdd).toMatchObject([{ resource: "bucket", id: "central-logs" }]);
    expect(JSON.stringify(made?.statementsToAdd)).toContain('"arn:aws:s3:::central-logs/AWSLogs/ACCOUNT_ID/*"');
    expect(JSON.stringify(made?.statementsToAdd)).not.toContain("${");
  });
});

describe("the provider's region", () => {
  const fill = (stack: TerraformStack) => new Trailwarden(stack, "Default");

  test("must be that of the properties", () => {
    expect(() => inOwnStack(fill, "eu-west-1")).toThrow(
      'region is "us-east-1", but the stack\'s AWS provider has "eu-west-1": give Trailwarden and the provider the same region',
    );
  });

  test("may be a variable, which Terraform knows", () => {
    expect(() => inOwnStack(fill, "${var.region}")).not.toThrow();
  });

  test("of an aliased provider is no matter", () => {
    expect(() =>
      inOwnStack((stack) => {
        new AwsProvider(stack, "West", { region: "eu-west-1", alias: "west" });
        fill(stack);
      }),
    ).not.toThrow();
  });
});

test("TrailwardenStack takes properties too, those of provider and backend with them", () => {
  const app = newApp();
  const made = new TrailwardenStack(app, "own", {
    region: "eu-west-1",
    tags: { team: "a" },
    stateBucket: "state-bucket",
    stateRegion: "us-east-1",
  });
  const own = synthesized(app);

  expect(own.provider).toEqual({ aws: [{ region: "eu-west-1", default_tags: [{ tags: { team: "a" } }] }] });
  expect(JSON.stringify(own.terraform)).toContain('"bucket":"state-bucket"');
  expect(made.trailwarden.warnings).toContainEqual(expect.stringMatching(/^deployers is empty/));
});
