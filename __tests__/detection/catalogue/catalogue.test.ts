// Over 250 lines: what holds for every detection, in one place.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { type Detection, SEVERITIES } from "../../../detection/definition/detection";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { enableDetections } from "../../../detection/matching/enabled-detections";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import { compilePattern } from "../../../detection/pattern/compile";
import { matches } from "../../../detection/pattern/match";
import { resolve } from "../../../detection/pattern/resolve";
import { REPOSITORY } from "../../repository";

interface Case {
  readonly name: string;
  readonly matches: boolean;
  readonly record: unknown;
}

const fixtures = join(REPOSITORY, "__tests__/fixtures/detections");

/** EventBridge takes a pattern of up to this many characters. */
const LONGEST_PATTERN = 2_048;

function casesOf(detection: Detection): readonly Case[] {
  return (JSON.parse(readFileSync(join(fixtures, `${detection.id}.json`), "utf8")) as { cases: readonly Case[] }).cases;
}

function detectionNamed(id: string): Detection {
  const detection = catalogue.find((candidate) => candidate.id === id);
  if (!detection) throw new Error(`no detection is called ${id}`);
  return detection;
}

/** What a command needs and no record has. */
const UNRECORDED = [
  "accountId",
  "deleteMarkerVersionId",
  "destinationBucket",
  "email",
  "formerBoundaryArn",
  "formerThumbprint",
  "formerVersionId",
  "key",
  "leakedKeyId",
  "time",
  "trailArn",
  "webAclArn",
];

const everyDetection = catalogue.map((detection) => [detection.id, detection] as const);

describe("the catalogue", () => {
  test("ships every detection of its folder, the gravest first", () => {
    const files = readdirSync(join(REPOSITORY, "detection/catalogue"), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && basename(entry.parentPath) !== "catalogue")
      .map(({ name }) => name.replace(/\.ts$/, ""));
    const severities = catalogue.map(({ severity }) => SEVERITIES.indexOf(severity));

    expect(catalogue.map(({ id }) => id).sort()).toEqual(files.sort());
    expect(severities).toEqual([...severities].sort());
  });

  test("gives every detection its own id", () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  });

  test("gives no two EventBridge rules one name", () => {
    const names = catalogue.map(({ id, ruleName }) => ruleName ?? id);

    expect(new Set(names).size).toBe(names.length);
  });

  test("has one fixture file for every detection and none besides", () => {
    expect(readdirSync(fixtures).sort()).toEqual(catalogue.map(({ id }) => `${id}.json`).sort());
  });
});

describe.each(everyDetection)("%s", (_id, detection) => {
  const throwing = (_: Detection, error: Error) => {
    throw error;
  };
  const enabled = enableDetections([detection], throwing, NAMES);

  test.each(casesOf(detection).map((example) => [example.matches ? "matches" : "leaves out", example.name, example]))(
    "%s: %s",
    (_expected, _name, example) => {
      const event = wrapRecord(parseRecord((example as Case).record));

      expect(matchedDetections(enabled, event)).toEqual((example as Case).matches ? [detection] : []);
    },
  );

  test("has a fixture that matches and one that is left out, each with its own name", () => {
    const cases = casesOf(detection);

    expect(cases.map((example) => example.matches)).toEqual(expect.arrayContaining([true, false]));
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test("pins the source of the event to AWS", () => {
    const { source } = detection.pattern;

    expect(Array.isArray(source)).toBe(true);
    for (const condition of source as readonly unknown[]) {
      if (typeof condition === "string") expect(condition).toMatch(/^aws\.[a-z0-9-]+$/);
      else expect(condition).toEqual({ prefix: "aws." });
    }
  });

  test("has a pattern that EventBridge takes for its length", () => {
    expect(JSON.stringify(resolve(detection.pattern, NAMES)).length).toBeLessThanOrEqual(LONGEST_PATTERN);
  });

  test("survives being written as JSON", () => {
    expect(JSON.parse(JSON.stringify(detection))).toStrictEqual(detection);
  });

  test("has an id in kebab case", () => {
    expect(detection.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  test("names an ATT&CK technique and a tactic", () => {
    expect(detection.attack?.technique).toMatch(/^T\d{4}(\.\d{3})?$/);
    expect(detection.attack?.tactic).toMatch(/^[A-Z][a-z]+( (and )?[A-Z][a-z]+)*$/);
  });

  test("names CIS controls of section 4 only", () => {
    for (const control of detection.cis) expect(control).toMatch(/^4\.([1-9]|1[0-6])$/);
  });

  test("refers to pages over https", () => {
    expect(detection.references).not.toHaveLength(0);
    for (const reference of detection.references) expect(new URL(reference).protocol).toBe("https:");
  });

  test("has a runbook whose placeholders can be filled in", () => {
    const { check, command, contain, undo = {} } = detection.runbook;
    const lines = [check, command, contain, ...Object.values(undo).flat()];
    const placeholders = lines.flatMap((text) => text.match(/<[^>]*>/g) ?? []);

    expect(lines).not.toContain("");
    for (const placeholder of placeholders.flatMap((text) => text.slice(1, -1).split("|"))) {
      if (UNRECORDED.includes(placeholder)) continue;
      expect(placeholder).toMatch(
        /^(awsRegion|eventID|recipientAccountId|partition|accessKeyId|userName|instanceId|(requestParameters|responseElements)(\.\w+)+)$/,
      );
    }
  });

  test("names no partition and no region that is not the record's", () => {
    const text = JSON.stringify([detection.pattern, detection.refine, detection.runbook]);

    expect(text).not.toMatch(/arn:aws|us-east-1|us-gov-|amazonaws\.com\//);
  });

  test("counts towards an alert of its own only, in windows that a day divides into", () => {
    const { count, tier, route } = detection;
    if (!count) return;

    expect([tier, route ?? "function"]).toEqual(["alert", "function"]);
    expect(count.threshold).toBeGreaterThan(1);
    expect((24 * 60) % count.minutes).toBe(0);
  });

  test("tells the topic from the rule only where there is a rule", () => {
    if (detection.route === "topic") expect([detection.path ?? "both", detection.tier]).toEqual(["both", "alert"]);
    else expect(["function", undefined]).toContain(detection.route);
  });
});

describe("the rule that the brief asks for", () => {
  const detection = detectionNamed("root-get-caller-identity");

  test("is called GetCallerIdentityAlert and tells the topic itself", () => {
    expect(detection).toMatchObject({ ruleName: "GetCallerIdentityAlert", route: "topic" });
  });

  test("has exactly the brief's pattern", () => {
    expect(detection.pattern).toStrictEqual({
      source: ["aws.sts"],
      "detail-type": ["AWS API Call via CloudTrail"],
      detail: {
        eventSource: ["sts.amazonaws.com"],
        eventName: ["GetCallerIdentity"],
        userIdentity: { type: ["Root"] },
      },
    });
  });
});

test.each([
  "console-login-failures",
  "costly-resource-created",
  "deletion-burst",
  "monitoring-changed",
  "monitoring-function-changed",
  "monitoring-messages-changed",
  "monitoring-storage-changed",
])("every alternative of %s has a fixture that only it makes match", (id) => {
  const pattern = resolve(detectionNamed(id).pattern, NAMES);
  const { $or: alternatives, ...rest } = pattern.detail as Record<string, unknown>;
  const events = casesOf(detectionNamed(id))
    .filter((example) => example.matches)
    .map((example) => wrapRecord(parseRecord(example.record)));

  const alone = (alternatives as readonly object[]).map((alternative) =>
    compilePattern({ ...pattern, detail: { ...rest, ...alternative } }),
  );
  const decisive = alone.map((one) =>
    events.some((event) => alone.every((other) => matches(other, event) === (other === one))),
  );

  expect(decisive.length).toBeGreaterThan(1);
  expect(decisive).toEqual(decisive.map(() => true));
});

test("unauthorized-calls-burst counts exactly what unauthorized-calls tells one by one", () => {
  expect(detectionNamed("unauthorized-calls-burst").pattern).toBe(detectionNamed("unauthorized-calls").pattern);
});

test("every call that iam-policy-changed names has a fixture", () => {
  const { eventName } = detectionNamed("iam-policy-changed").pattern.detail as {
    readonly eventName: readonly string[];
  };
  const matched = casesOf(detectionNamed("iam-policy-changed"))
    .filter((example) => example.matches)
    .map((example) => parseRecord(example.record).eventName);

  expect(new Set(matched)).toEqual(new Set(eventName));
});

/** Names of Lambda's calls that CloudTrail writes with the API's version behind, in some records at least. */
function exactNames(pattern: object): readonly string[] {
  return Object.entries(pattern).flatMap(([key, value]: [string, unknown]) => {
    if (key === "eventName") return (value as readonly unknown[]).filter((name) => typeof name === "string");
    if (Array.isArray(value))
      return key === "$or" ? value.flatMap((alternative: object) => exactNames(alternative)) : [];
    return typeof value === "object" && value !== null ? exactNames(value) : [];
  });
}

test.each(catalogue.filter(({ pattern }) => JSON.stringify(pattern.source) === '["aws.lambda"]').map(({ id }) => [id]))(
  "%s asks for Lambda's calls by the beginning of their names, which end in the API's version",
  (id) => {
    expect(exactNames(detectionNamed(id).pattern)).toEqual([]);
  },
);

test.each(["log-archive-changed", "monitoring-topics-changed", "monitoring-subscriptions-changed"])(
  "every call that %s names has a fixture",
  (id) => {
    const { eventName } = detectionNamed(id).pattern.detail as { readonly eventName: readonly string[] };
    const matched = casesOf(detectionNamed(id))
      .filter((example) => example.matches)
      .map((example) => parseRecord(example.record).eventName);

    expect(new Set(matched)).toEqual(new Set(eventName));
  },
);
