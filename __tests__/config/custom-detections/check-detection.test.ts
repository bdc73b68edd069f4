import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkOwn, problemsOfShipped } from "../../../config/custom-detections/check-detection";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { enableDetections } from "../../../detection/matching/enabled-detections";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import { LEAST } from "./folder";

function problemsOf(given: unknown): readonly string[] {
  const checked = checkOwn(given);
  return "problems" in checked ? checked.problems : [];
}

function detectionOf(given: unknown): Detection {
  const checked = checkOwn(given);
  if ("problems" in checked) throw new Error(checked.problems.join("\n"));
  return checked.detection;
}

describe("what ships", () => {
  test.each(catalogue)("is sound: $id", (detection) => {
    expect(problemsOfShipped(detection)).toEqual([]);
  });

  test.each(["attack", "why", "runbook", "references", "tier", "cis"] as const)("has to have %s", (key) => {
    const { [key]: _, ...rest } = catalogue[0] as Detection;

    expect(problemsOfShipped(rest as Detection)).toEqual([expect.stringContaining(`${key} is missing: must be `)]);
  });
});

describe("the least that a user writes", () => {
  test("becomes a whole detection", () => {
    const detection = detectionOf(LEAST);

    expect(detection).toMatchObject({ ...LEAST, tier: "alert", pack: "own", cis: [], references: [] });
    const { check, command, contain } = detection.runbook;
    expect([check, command, contain]).toEqual(Array(3).fill(expect.stringMatching(/\S/)));
    expect(detection.why).not.toBe("");
    expect(detection).not.toHaveProperty("attack");
  });

  test.each(["id", "title", "severity", "pattern"] as const)("holds %s", (key) => {
    const { [key]: _, ...rest } = LEAST;

    expect(problemsOf(rest)).toEqual([expect.stringContaining(`${key} is missing: must be `)]);
  });

  test("may be as much as what ships has, pack and id aside", () => {
    for (const { pack: _, ...detection } of catalogue) {
      expect(detectionOf(detection)).toEqual({ ...detection, pack: "own" });
    }
  });

  test("may take a part of the runbook", () => {
    const { runbook } = detectionOf({ ...LEAST, runbook: { check: "Is it Sunday?" } });

    expect(runbook.check).toBe("Is it Sunday?");
    expect(runbook.command).toMatch(/^aws cloudtrail lookup-events/);
  });
});

describe("a mistake is told of with path, value and what is allowed", () => {
  test.each<[object, readonly string[]]>([
    [{ id: "Bastion" }, ['id is "Bastion": must be lower-case letters']],
    [{ id: "a--b" }, ['id is "a--b": must be lower-case letters']],
    [{ id: `a${"-b".repeat(22)}` }, ["at most 43 characters"]],
    [{ title: "two\nlines" }, ['title is "two\\nlines": must be one line of 1 to 100 characters']],
    [{ severity: "urgent" }, ['severity is "urgent": must be a severity: critical, high, medium, low']],
    [{ tier: "page" }, ['tier is "page": must be a tier: alert, digest, signal']],
    [{ pack: "cis" }, ['pack is "cis": unknown key; allowed keys: id, ']],
    [
      { attack: { technique: "1078", tactic: "initial" } },
      ['attack.technique is "1078"', 'attack.tactic is "initial"'],
    ],
    [{ cis: ["3.1"] }, ['cis[0] is "3.1": must be a monitoring control of CIS AWS Foundations']],
    [{ references: ["http://a"] }, ['references[0] is "http://a": must be an https:// address']],
    [{ runbook: { undo: "aws iam list-users" } }, ["must be an object of commands by the call's name"]],
    [{ runbook: { undo: { "Stop Logging": "aws iam list-users" } } }, ["runbook.undo is "]],
    [{ runbook: { undo: { StopLogging: ["one\ntwo"] } } }, ["runbook.undo is "]],
    [{ runbook: { stopCaller: true } }, ["runbook.stopCaller is true: must be false"]],
    [{ runbook: { check: 1, stop: "x" } }, ["runbook.check is 1", 'runbook.stop is "x": unknown key']],
    [
      { count: { threshold: 1, minutes: 7 } },
      [
        "count.threshold is 1: must be a whole number of events from 2 to 1000",
        "count.minutes is 7: must be minutes that divide a day evenly",
      ],
    ],
    [{ count: null }, ["count is null: must be an object such as"]],
    [{ group: { by: [] } }, ["group.by is []: must be a list of the record's fields"]],
    [{ group: { by: ["detail.a"] } }, ['group.by[0] is "detail.a"']],
    [{ refine: [{ kind: "lower" }, { kind: "publicIp" }] }, ["[0].kind: takes one of", "[1].field: takes the path"]],
    [{ pattern: { source: ["aws.s3"], a: [] } }, ["EventBridge would refuse it: $.a: "]],
    [{ pattern: [] }, ["pattern is []: EventBridge would refuse it"]],
    [{ pattern: { detail: { eventName: ["A"] } } }, ["does not pin source to aws.…"]],
    [
      { pattern: { source: ["aws.s3"], detail: { a: ["{{bukket}}"] } } },
      ["there is no placeholder {{bukket}}; known are {{prefix}}, "],
    ],
    [{ pattern: { source: ["my.app"] } }, ["does not pin source to aws.…"]],
    [
      { tier: "digest", count: { threshold: 2, minutes: 5 } },
      ['count is for detections of tier "alert", not "digest"'],
    ],
    [{ route: "topic", path: "log" }, ['route "topic" needs a rule']],
    [
      { route: "topic", count: { threshold: 2, minutes: 5 }, refine: [] },
      ["count is not allowed with route", "refine is not allowed with route"],
    ],
    [{ tier: "signal", ruleName: "Alert" }, ["ruleName needs a rule"]],
  ])("%j", (mistake, problems) => {
    expect(problemsOf({ ...LEAST, ...mistake })).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });

  test.each([null, [], "x", 1, true])("also where it is %j", (given) => {
    expect(problemsOf(given)).toEqual([`it is ${JSON.stringify(given)}: must be an object`]);
  });
});

describe("any JSON", () => {
  const key = fc.constantFrom(
    ...[
      "id",
      "title",
      "severity",
      "tier",
      "path",
      "route",
      "ruleName",
      "attack",
      "cis",
      "references",
      "why",
      "falsePositives",
      "runbook",
      "count",
      "group",
      "pattern",
      "refine",
      "__proto__",
      "constructor",
    ],
  );
  const sound = fc.constantFrom<object>(
    { tier: "digest" },
    { path: "log" },
    { route: "topic" },
    { count: { threshold: 5, minutes: 60, by: ["awsRegion"] } },
    { group: { minutes: 1440 } },
    { refine: [{ kind: "publicIp", field: "sourceIPAddress" }] },
    { pattern: { source: [{ prefix: "aws." }], $or: [{ detail: { a: [1] } }, { detail: { b: [null] } }] } },
  );
  const given = fc
    .tuple(fc.dictionary(key, fc.jsonValue(), { maxKeys: 3 }), fc.array(sound, { maxLength: 3 }))
    .map(([any, parts]) => JSON.parse(JSON.stringify(Object.assign({}, LEAST, ...parts, any))) as unknown);

  test("as a detection gives problems, a line each, or a detection that works", () => {
    let working = 0;
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), given, given), (value) => {
        const checked = checkOwn(value);
        if ("problems" in checked) {
          expect(checked.problems.length).toBeGreaterThan(0);
          for (const problem of checked.problems) expect(problem).toMatch(/^.+$/);
          return;
        }
        working++;
        const { detection } = checked;
        const enabled = enableDetections([detection], (_, error) => {
          throw error;
        });
        matchedDetections(enabled, wrapRecord({ eventSource: "ec2.amazonaws.com", eventName: "StopInstances" }));
        expect(JSON.parse(JSON.stringify(detection))).toEqual(detection);
        expect(detection.pack).toBe("own");
      }),
      { numRuns: 500 },
    );
    expect(working).toBeGreaterThan(20);
  });
});
