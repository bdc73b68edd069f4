import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { resources } from "../../assertions/resources";
import { strings } from "../../assertions/strings";
import { parseStack, type SynthesizedStack } from "../../assertions/synthesized-stack";
import type { GivenConfig } from "../../config/check";
import { ConfigurationError } from "../../config/errors";
import type { TrailwardenProps, TrailwardenStackProps } from "../../constructs/deployable/trailwarden-props";
import { withoutStackTraces } from "../../constructs/program/without-stack-traces";
import { Trailwarden } from "../../constructs/trailwarden";
import { TrailwardenStack } from "../../constructs/trailwarden-stack";
import { synthesizeStack } from "./synthesize-stack";

const SUBSCRIBER = { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" } as const;

let outdir: string;
let apps = 0;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "trailwarden-construct-"));
});
afterAll(() => rmSync(outdir, { recursive: true }));

/** A user's own stack: nothing in it is ours until `fill` puts it there. */
class OwnStack extends TerraformStack {
  constructor(app: App, id: string, region: string, fill: (stack: TerraformStack) => void) {
    super(app, id);
    new LocalBackend(this, { path: `${id}.tfstate` });
    new AwsProvider(this, "Aws", { region });
    withoutStackTraces(() => fill(this));
  }
}

function newApp(): App {
  return new App({ outdir: join(outdir, String(apps++)) });
}

function synthesized(app: App, stack = "own"): SynthesizedStack {
  withoutStackTraces(() => app.synth());
  return parseStack(readFileSync(join(app.outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
}

function inOwnStack(fill: (stack: TerraformStack) => void, region = "us-east-1"): SynthesizedStack {
  const app = newApp();
  new OwnStack(app, "own", region, fill);
  return synthesized(app);
}

function problemsOf(props: object): readonly string[] {
  try {
    new OwnStack(newApp(), "own", "us-east-1", (stack) => new Trailwarden(stack, "Default", props));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

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

describe("a bad property is refused at once", () => {
  test.each<[string, object, RegExp]>([
    ["a bad value", { region: "mars" }, /^region is "mars": must be an AWS region such as us-east-1/],
    ["an unknown key", { speed: 9 }, /speed is 9.*region, namePrefix/],
    [
      "a subscriber",
      { subscribers: [{ ...SUBSCRIBER, endpoint: "oncall" }] },
      /^subscribers\[0\]\.endpoint is "oncall"/,
    ],
    ["what contradicts", { archiveTransitionDays: 500 }, /archiveTransitionDays/],
    ["a detection that there is none of", { disabledDetections: ["trail-stoped"] }, /trail-stoped.*trail-stopped/],
    [
      "a suppression that has expired",
      { suppressions: [{ use: "console-probes", owner: "a@example.com", reason: "known", expires: "2020-01-01" }] },
      /2020-01-01/,
    ],
    ["what only the stack can do", { stateBucket: "state" }, /^stateBucket belongs to the stack: add a backend/],
    ["tags, which the provider puts on", { tags: { team: "a" } }, /^tags belongs to the stack: .*defaultTags/],
    ["more rules than the bus has room for", { ruleBudget: 3 }, /rule/],
    [
      "a custom detection",
      { customDetections: [{ id: "a", title: "A", severity: "grave", pattern: {} }] },
      /^customDetections\[0\]: severity is "grave"/,
    ],
    [
      "an id that ships",
      { customDetections: [{ ...bastion(), id: "trail-stopped" }] },
      /^customDetections\[0\]: id is "trail-stopped"/,
    ],
    ["an id twice", { customDetections: [bastion(), bastion()] }, /^customDetections\[1\]: id is "bastion-stopped"/],
    [
      "what is no data",
      { customDetections: [{ ...bastion(), pattern: () => true }] },
      /^customDetections\[0\]: pattern is/,
    ],
    ["a folder that isn't there", { detectionsFolder: "nowhere" }, /^nowhere: /],
    ["custom detections that are no list", { customDetections: {} }, /^customDetections is \{\}: must be a list/],
    ["custom detections that are null", { customDetections: null }, /^customDetections is null: must be a list/],
  ])("%s", (_, props, problem) => {
    const problems = problemsOf(props);

    expect(problems).toContainEqual(expect.stringMatching(problem));
    expect(problems.join()).not.toContain("CDKTF_CONTEXT_JSON");
  });

  test("all in one round", () => {
    const problems = problemsOf({ region: "mars", trailName: "a b", customDetections: [{}], speed: 9, tags: {} });

    expect(new Set(problems.map((problem) => problem.split(/ |: /)[0]))).toEqual(
      new Set(["region", "trailName", "customDetections[0]", "speed", "tags"]),
    );
  });

  test("an id twice, with one line", () => {
    expect(problemsOf({ customDetections: [bastion(), bastion()] })).toHaveLength(1);
    expect(problemsOf({ customDetections: [{ ...bastion(), id: "trail-stopped" }] })).toHaveLength(1);
  });

  test("an unknown key, with the keys that the construct or the stack takes", () => {
    const stackProblems = () => new TrailwardenStack(newApp(), "own", { speed: 9 } as TrailwardenStackProps);

    expect(problemsOf({ speed: 9 })).toEqual([expect.stringMatching(/ timeZone, customDetections$/)]);
    expect(stackProblems).toThrow(/ tags, stateBucket, stateRegion, stateKey, stateKmsKeyArn, customDetections$/);
  });

  test.each([[null], [[]], [5], ["us-east-1"], [() => 1]])("properties that are no object: %p", (props) => {
    expect(problemsOf(props as object)).toEqual([expect.stringMatching(/^the properties are .*: must be an object/)]);
  });

  test("but a property that is undefined counts as not given", () => {
    expect(problemsOf({ region: undefined, customDetections: undefined, tags: undefined, speed: undefined })).toEqual(
      [],
    );
  });

  test("neither cdktf.json nor the environment counts", () => {
    process.env.TRAILWARDEN_REGION = "mars";
    try {
      expect(problemsOf({})).toEqual([]);
    } finally {
      delete process.env.TRAILWARDEN_REGION;
    }
  });
});

function bastion() {
  return {
    id: "bastion-stopped",
    title: "Bastion stopped",
    severity: "high",
    pattern: {
      source: ["aws.ec2"],
      detail: { eventSource: ["ec2.amazonaws.com"], eventName: ["StopInstances"] },
    },
  } as const;
}

describe("a token, which only Terraform can resolve", () => {
  const variable = (stack: TerraformStack, type = "string") => new TerraformVariable(stack, "Variable", { type });
  const suppression = { id: "known", detections: "*", owner: "a@example.com", expires: "2999-01-01" };

  test.each<[string, (stack: TerraformStack) => object]>([
    [
      "subscribers[0].endpoint",
      (stack) => ({ subscribers: [{ protocol: "sqs", endpoint: new SqsQueue(stack, "Queue").arn }] }),
    ],
    ["maxAlertsPerHour", (stack) => ({ maxAlertsPerHour: variable(stack, "number").numberValue })],
    ["deployers", (stack) => ({ deployers: variable(stack, "list(string)").listValue })],
    ["accountNames", (stack) => ({ accountNames: variable(stack, "map(string)").value })],
    ["customDetections", (stack) => ({ customDetections: variable(stack, "any").value })],
    ["customDetections[0].title", (stack) => ({ customDetections: [{ ...bastion(), title: variable(stack).value }] })],
    [
      "suppressions[0].pattern.detail.userIdentity.arn[0]",
      (stack) => ({
        suppressions: [
          {
            ...suppression,
            reason: "known",
            pattern: { detail: { userIdentity: { arn: [new SqsQueue(stack, "Queue").arn] } } },
          },
        ],
      }),
    ],
    [
      "resources.archiveKey.id",
      (stack) => ({ resources: { archiveKey: { mode: "existing", id: new KmsKey(stack, "Key").arn } } }),
    ],
  ])("is refused as %s", (path, props) => {
    const fill = () =>
      new OwnStack(newApp(), "own", "us-east-1", (stack) => new Trailwarden(stack, "Default", props(stack)));

    expect(fill).toThrow(`${path} is a token, which only Terraform can resolve: must be known at synth`);
  });

  test("may stand in an owner's statements, which Terraform resolves", () => {
    const own = inOwnStack((stack) => {
      const Principal = { AWS: new IamRole(stack, "Auditor", { assumeRolePolicy: "{}" }).arn };
      const ownerStatements = [
        { Sid: "Reads", Effect: "Allow", Principal, Action: "kms:Decrypt", Resource: "*" },
      ] as const;
      new Trailwarden(stack, "Default", {
        resources: { archiveKey: { mode: "adopt", id: "1234abcd-12ab-34cd-56ef-1234567890ab", ownerStatements } },
      });
    });

    expect(JSON.stringify(resources(own, "aws_kms_key"))).toContain("${aws_iam_role.Auditor.arn}");
  });
});

describe("custom detections", () => {
  test("have a rule each, and may be switched off by id", () => {
    const named = (props: TrailwardenProps) =>
      resources(
        inOwnStack((stack) => new Trailwarden(stack, "Default", props)),
        "aws_cloudwatch_event_rule",
      ).map(({ attributes }) => attributes.name);

    expect(named({ customDetections: [bastion()] })).toContain("trailwarden-bastion-stopped");
    expect(named({ customDetections: [bastion()], disabledDetections: ["bastion-stopped"] })).not.toContain(
      "trailwarden-bastion-stopped",
    );
  });

  test("come from a folder as well, beside those of the list", () => {
    const folder = mkdtempSync(join(outdir, "detections-"));
    writeFileSync(join(folder, "other.json"), JSON.stringify({ ...bastion(), id: "other-stopped" }));
    const own = inOwnStack((stack) => {
      new Trailwarden(stack, "Default", { customDetections: [bastion()], detectionsFolder: folder });
    });

    expect(resources(own, "aws_cloudwatch_event_rule").map(({ attributes }) => attributes.name)).toEqual(
      expect.arrayContaining(["trailwarden-bastion-stopped", "trailwarden-other-stopped"]),
    );
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

describe("the properties' types", () => {
  type Plain<T> = T extends readonly (infer E)[]
    ? readonly Plain<E>[]
    : T extends object
      ? { readonly [K in keyof T]-?: Plain<Exclude<T[K], undefined>> }
      : T;
  // A pattern is checked by `patternProblems`, not by its type.
  type Ours = Plain<Omit<TrailwardenStackProps, "customDetections" | "suppressions">>;
  type Theirs = Plain<Omit<GivenConfig, "suppressions">>;

  test("take what the configuration takes, key by key", () => {
    const everyKey: keyof GivenConfig extends keyof TrailwardenStackProps ? true : false = true;
    const noOther: Exclude<keyof TrailwardenStackProps, "customDetections"> extends keyof GivenConfig ? true : false =
      true;
    const values: Theirs extends Ours ? true : false = true;

    expect([everyKey, noOther, values]).toEqual([true, true, true]);
  });
});
