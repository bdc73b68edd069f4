import type { Detection } from "../../../detection/definition/detection";
import { compilePattern } from "../../../detection/pattern/compile";
import { type EventPattern, PatternError } from "../../../detection/pattern/pattern";
import type { Random } from "../../../tools/random";
import { anySketch, patternOf } from "../../conformance/generate/sketch";
import { write } from "../../conformance/tree/tree";

type Json = Readonly<Record<string, unknown>>;

const SOURCES: readonly unknown[][] = [
  ["aws.iam"],
  ["aws.ec2"],
  ["aws.iam", "aws.s3"],
  ["aws.organizations"],
  ["aws.s3", "aws.kms", "aws.sts"],
  [{ prefix: "aws." }],
  [{ prefix: "aws.s" }],
  [{ wildcard: "aws.*" }],
  [{ "equals-ignore-case": "AWS.EC2" }],
  ["aws.sts", { prefix: "aws.sso" }],
];

const NAMES: readonly unknown[] = [
  ...[
    "CreateUser",
    "DeleteUser",
    "RunInstances",
    "GetCallerIdentity",
    "GetObject",
    "ListUsers",
    "PutObject",
    "StopLogging",
  ],
  ...[{ prefix: "Delete" }, { prefix: "Get" }, { prefix: "De" }, { wildcard: "*User*" }, { suffix: "Policy" }],
  ...[{ "anything-but": ["AssumeRole", "CreateUser"] }, { "anything-but": { prefix: "Get" } }],
  ...[{ "equals-ignore-case": "createuser" }, { exists: true }, { exists: false }, "::1"],
];

const FIELDS: Readonly<Record<string, readonly unknown[]>> = {
  errorCode: [{ exists: false }, "AccessDenied", { prefix: "Client." }, { "anything-but": "Throttling" }],
  userAgent: [{ wildcard: "*kali*" }, { prefix: "Mozilla/" }, { wildcard: "*a*b*" }, { suffix: "curl" }],
  sourceIPAddress: [{ cidr: "10.0.0.0/8" }, "203.0.113.9", { "anything-but": "AWS Internal" }, { exists: true }],
  "userIdentity.arn": [
    "arn:aws:iam::111122223333:user/break-glass",
    { suffix: ":user/break-glass" },
    { wildcard: "arn:{{partition}}:iam::{{account}}:user/*" },
    { prefix: "arn:aws:iam::{{account}}:" },
  ],
  "userIdentity.type": ["Root", "IAMUser", { "anything-but": ["AWSService", "Root"] }],
  "userIdentity.invokedBy": [{ exists: false }, "x.amazonaws.com"],
  "requestParameters.name": [
    "{{prefix}}-a",
    { prefix: "{{prefix}}-" },
    { suffix: ":{{bucket}}" },
    { exists: false },
    "x",
  ],
  "requestParameters.items.port": [22, { numeric: [">=", 1, "<", 1024] }, { exists: false }, null, true],
  "requestParameters.items.cidr": [{ suffix: "/0" }, { "anything-but": { wildcard: "10.*" } }, { exists: false }],
  "responseElements.ok": [true, { exists: true }, { "anything-but": 1 }],
};

/** A detection as nobody may have written it before, but could. */
export function oddDetection(random: Random, id: string): Detection {
  for (;;) {
    const pattern = random.chance(0.25) ? sketched(random) : composed(random);
    try {
      compilePattern(pattern);
    } catch (error) {
      if (error instanceof PatternError) continue;
      throw error;
    }
    return { ...COMMON, id, title: id, pattern, ...(random.chance(0.15) ? { route: "topic" } : {}) };
  }
}

const COMMON = {
  severity: "low",
  pack: "own",
  tier: "alert",
  cis: [],
  references: [],
  why: "",
  runbook: { check: "", command: "", contain: "" },
} as const;

function sketched(random: Random): EventPattern {
  return { source: random.pick(SOURCES), detail: JSON.parse(write(patternOf(anySketch(random)))) } as EventPattern;
}

function composed(random: Random): EventPattern {
  const detail = alternative(random, random.below(4), random.chance(0.8));
  const $or = random.chance(0.35)
    ? {
        $or: random.times(random.pick([2, 3, random.between(2, 40)]), () =>
          alternative(random, 1 + random.below(2), random.chance(0.4)),
        ),
      }
    : {};
  return { source: random.pick(SOURCES), detail: { ...detail, ...$or } } as EventPattern;
}

function alternative(random: Random, fields: number, named: boolean): Json {
  const chosen = new Map<string, unknown>();
  if (named || fields === 0) chosen.set("eventName", severalOf(random, [...NAMES, ...manyNames(random)], 5));
  for (let i = 0; i < fields; i++) {
    const field = random.pick(Object.keys(FIELDS));
    const own = random.chance(0.1) ? random.times(random.between(1, 12), () => `value-${random.below(400)}`) : [];
    chosen.set(field, severalOf(random, [...(FIELDS[field] ?? []), ...own], 3 + own.length));
  }
  return nested(chosen);
}

function manyNames(random: Random): readonly string[] {
  const verb = random.pick(["Create", "Update", "Modify", "Get", "Tag"]);
  return random.times(random.pick([0, 3, 30]), () => `${verb}SomethingOfNumber${random.below(300)}`);
}

function severalOf(random: Random, all: readonly unknown[], most: number): readonly unknown[] {
  return random.shuffle(all).slice(0, 1 + random.below(most));
}

function nested(fields: ReadonlyMap<string, unknown>): Json {
  const root: Record<string, Record<string, unknown>> = {};
  for (const [field, conditions] of fields) {
    const steps = field.split(".");
    const last = steps.pop() as string;
    let node: Record<string, unknown> = root;
    for (const step of steps) {
      node[step] ??= {};
      node = node[step] as Record<string, unknown>;
    }
    node[last] = conditions;
  }
  return root;
}
