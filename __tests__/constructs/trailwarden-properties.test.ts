import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { describe, expect, test } from "@jest/globals";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { resources } from "../../assertions/resources";
import type { GivenConfig } from "../../config/check";
import type { TrailwardenProps, TrailwardenStackProps } from "../../constructs/deployable/trailwarden-props";
import { Trailwarden } from "../../constructs/trailwarden";
import { TrailwardenStack } from "../../constructs/trailwarden-stack";
import { inOwnStack, newApp, OwnStack, problemsOf } from "./own-stack";

const SUBSCRIBER = { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" } as const;

describe("a bad property is refused at once", () => {
  test.each<[string, object, RegExp]>([
    ["a bad value", { region: "mars" }, /^region is "mars": must be an AWS region such as us-east-1/],
    ["an unknown key", { speed: 9 }, /speed is 9.*region, regions/],
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
    ["incidentMinutes", (stack) => ({ incidentMinutes: variable(stack, "number").numberValue })],
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
    const folder = mkdtempSync(join(tmpdir(), "trailwarden-detections-"));
    writeFileSync(join(folder, "other.json"), JSON.stringify({ ...bastion(), id: "other-stopped" }));
    const own = inOwnStack((stack) => {
      new Trailwarden(stack, "Default", { customDetections: [bastion()], detectionsFolder: folder });
    });

    expect(resources(own, "aws_cloudwatch_event_rule").map(({ attributes }) => attributes.name)).toEqual(
      expect.arrayContaining(["trailwarden-bastion-stopped", "trailwarden-other-stopped"]),
    );
    rmSync(folder, { recursive: true });
  });
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
