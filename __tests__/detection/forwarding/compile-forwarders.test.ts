import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { readFixture } from "../../../config/custom-detections/fixtures";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { type Detection, hasRule } from "../../../detection/definition/detection";
import { PACKS, switchedOn } from "../../../detection/definition/switched-on";
import { wrapRecord } from "../../../detection/events/envelope";
import { compileForwarders } from "../../../detection/forwarding/compile-forwarders";
import { ForwarderError } from "../../../detection/forwarding/forwarder-error";
import { lintPattern } from "../../../detection/pattern/analysis/lint";
import { narrowing } from "../../../detection/pattern/analysis/subset";
import type { EventPattern } from "../../../detection/pattern/pattern";
import { resolve } from "../../../detection/pattern/resolve";
import { Random } from "../../../tools/random";
import { propertyRuns } from "../../property-runs";
import { REPOSITORY } from "../../repository";
import { EventMaker } from "./event-maker";
import { Judges } from "./forwarded";
import { oddDetection } from "./odd-detections";

const FIXTURES = join(REPOSITORY, "__tests__", "fixtures", "detections");

const fixtures = catalogue.flatMap((detection) => {
  const fixture = readFixture(FIXTURES, detection.id);
  if (!("cases" in fixture)) throw new Error(fixture.problems.join("\n"));
  return fixture.cases.map(({ name, record }) => ({ name: `${detection.id}: ${name}`, event: wrapRecord(record) }));
});

const everything = switchedOn(catalogue, { packs: PACKS, disabledDetections: [] });

function eventMaker(detections: readonly Detection[]): EventMaker {
  return new EventMaker(detections.filter(hasRule).map(({ pattern }) => resolve(pattern, NAMES)));
}

function custom(id: string, pattern: unknown, route: Detection["route"] = "function"): Detection {
  return { ...(catalogue[0] as Detection), id, pattern: pattern as EventPattern, route };
}

describe.each(PACKS)("forwarders of the pack %s", (pack) => {
  const detections = switchedOn(catalogue, { packs: [pack], disabledDetections: [] });
  const forwarders = compileForwarders(detections);
  const judges = new Judges(detections, forwarders, NAMES);

  test("bring home each event of the fixtures that a home rule matches", () => {
    const matched = fixtures.filter(({ event }) => judges.home(event).length > 0);
    const problems = fixtures.flatMap(({ name, event }) => {
      const problem = judges.problem(event);
      return problem === undefined ? [] : [`${problem}: ${name}`];
    });

    expect(matched.length).toBeGreaterThan(pack === "cis" ? 100 : 400);
    expect(problems).toEqual([]);
  });

  test("surely match whatever a home rule matches", () => {
    const together = { $or: forwarders.map(({ pattern }) => pattern) };
    const proofs = detections.filter(hasRule).map(({ id, pattern }) => ({
      id,
      narrows: narrowing(resolve(pattern, NAMES), together).narrows,
    }));
    const unproved = proofs.filter(({ narrows }) => narrows !== "no");

    // It holds unless userIdentity lies in a list, which it never does.
    expect(unproved).toEqual(pack === "cis" ? [] : [{ id: "key-policy-changed", narrows: "indeterminate" }]);
  });

  test("are few, short, and the same for every region and account", () => {
    const texts = forwarders.map(({ pattern }) => JSON.stringify(pattern));

    expect(forwarders.filter(({ where }) => where === "everywhere").length).toBeLessThanOrEqual(5);
    expect(forwarders.filter(({ where }) => where === "globalRegion").length).toBeLessThanOrEqual(2);
    expect(texts.filter((text) => text.length > 2_048)).toEqual([]);
    expect(texts.filter((text) => /\{\{|\d{12}/.test(text))).toEqual([]);
    expect(forwarders.flatMap(({ pattern }) => lintPattern(pattern))).toEqual([]);
  });
});

test("any event that a home rule matches comes home, once if it is of route topic", () => {
  const events = eventMaker(everything);
  const judges = new Judges(everything, compileForwarders(everything), NAMES);

  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const event = events.make(new Random(seed));

      const problem = judges.problem(event);

      expect(problem && { problem, event }).toBeUndefined();
    }),
    { numRuns: propertyRuns(300_000) },
  );
});

test("so it does with any detections, or they are refused", () => {
  const EVENTS = 25;
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = new Random(seed);
      const kept = random.pick([0, 0, 0.1, 0.3]);
      const shipped = everything.filter(() => random.chance(kept));
      const odd = random.times(1 + random.below(random.pick([1, 3, 8])), () => random.next());
      const detections = [...shipped, ...odd.map((own, index) => oddDetection(new Random(own), `own-${index}`))];
      const forwarders = unlessRefused(() => compileForwarders(detections));
      if (!forwarders) return;
      const judges = new Judges(detections, forwarders, NAMES);
      const events = eventMaker(detections);
      const problems = random
        .times(EVENTS, () => events.make(random))
        .map((event) => ({ event, problem: judges.problem(event) }))
        .filter(({ problem }) => problem !== undefined);

      expect(problems).toEqual([]);
      expect(forwarders.flatMap(({ pattern }) => lintPattern(pattern)).filter((each) => /lose/.test(each))).toEqual([]);
      expect(Math.max(...forwarders.map(({ pattern }) => JSON.stringify(pattern).length))).toBeLessThanOrEqual(2_048);
    }),
    { numRuns: propertyRuns(1_000) },
  );
});

function unlessRefused<T>(compile: () => T): T | undefined {
  try {
    return compile();
  } catch (error) {
    expect(error).toBeInstanceOf(ForwarderError);
    return undefined;
  }
}

describe("a custom detection of route topic", () => {
  const named = Array.from({ length: 30 }, (_, index) => `DeleteSomethingOfTheNumber${index}`);

  test.each<[string, unknown]>([
    ["any use of a user", { userIdentity: { arn: ["arn:aws:iam::111122223333:user/break-glass"] } }],
    ["any use of a role", { userIdentity: { sessionContext: { sessionIssuer: { userName: ["break-glass"] } } } }],
    ["any use of the root user", { userIdentity: { type: ["Root"] } }],
    ["calls that others look for", { eventName: ["CreateUser", "StopLogging", "PutBucketPolicy"] }],
    ["a call by its name's beginning", { eventName: [{ prefix: "StopLog" }] }],
    ["many calls", { eventName: named }],
  ])("that looks for %s matches one forwarder alone", (_what, detail) => {
    const detections = [...everything, custom("own", { source: [{ prefix: "aws." }], detail }, "topic")];
    const forwarders = compileForwarders(detections);
    const judges = new Judges(detections, forwarders, NAMES);
    const events = eventMaker(detections);
    const random = new Random(1);
    const made = random.times(3_000, () => events.make(random));
    const direct = made.filter((event) => judges.home(event).some(({ id }) => id === "own"));

    expect(forwarders.length).toBeLessThanOrEqual(7);
    expect(direct.length).toBeGreaterThan(10);
    expect(made.flatMap((event) => judges.problem(event) ?? [])).toEqual([]);
  });

  test("is refused where what else matches its events doesn't fit into one rule", () => {
    const all = custom(
      "all-requests",
      { source: [{ prefix: "aws." }], detail: { requestParameters: { a: [1] } } },
      "topic",
    );

    expect(() => compileForwarders([...everything, all])).toThrow(
      new ForwarderError(
        "all-requests",
        'with route "topic" each of its events must match one rule alone, and what else matches them doesn\'t fit into one; use route "function", or ask for fewer calls, or for one caller',
      ),
    );
  });
});

test("a detection that only the monitor's own names narrow down is refused", () => {
  const own = custom("own-bucket", {
    source: ["aws.s3"],
    detail: { requestParameters: { bucketName: ["{{bucket}}"] } },
  });

  expect(() => compileForwarders([own])).toThrow(
    /^detection "own-bucket" can't be forwarded .* list detail\.eventName/,
  );
});

test("what is asked of any source but AWS's own isn't forwarded", () => {
  const own = (source: unknown) => compileForwarders([custom("own", { source, detail: { eventName: ["GetX"] } })]);

  expect(own(["com.example"])).toEqual([]);
  expect(own(["com.example", "aws.ec2"])).toStrictEqual([
    {
      pattern: { source: ["aws.ec2"], detail: { eventName: ["GetX"] } },
      state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      where: "everywhere",
    },
  ]);
});

test("the monitor's own names are left open where the rest still says something", () => {
  const arn = ["arn:{{partition}}:iam::{{account}}:user/a", { prefix: "{{prefix}}-" }];
  const [forwarder] = compileForwarders([
    custom("own", { source: [{ prefix: "aws." }], detail: { userIdentity: { arn } } }),
  ]);

  expect(forwarder?.pattern).toEqual({
    source: [{ prefix: "aws." }],
    detail: { userIdentity: { arn: [{ wildcard: "arn:*:iam::*:user/a" }, { wildcard: "*-*" }] } },
  });
});

test("a call that services make all day is forwarded only where none made it", () => {
  const asked = { eventName: ["CreateGrant"], userIdentity: { invokedBy: [{ exists: false }] } };
  const grants = custom("grants", { source: ["aws.kms"], detail: { ...asked, requestParameters: { keyId: ["x"] } } });
  const any = custom("any", { source: ["aws.kms"], detail: { eventName: ["CreateGrant", "PutKeyPolicy"] } });
  const patterns = (...detections: readonly Detection[]) =>
    compileForwarders(detections).map(({ pattern, state }) => ({ pattern, state }));

  expect(patterns(grants)).toEqual([{ pattern: { source: ["aws.kms"], detail: asked }, state: "ENABLED" }]);
  expect(patterns(grants, any)).toEqual([{ pattern: any.pattern, state: "ENABLED" }]);
});

test.each(["$or.a", "prefix", "a.exists"])(
  "a field that EventBridge takes for its own (%s) isn't asked for",
  (field) => {
    const detail = { [field]: ["x"], b: ["y"] };
    const [forwarder] = compileForwarders([custom("own", { source: ["aws.ec2"], detail })]);

    expect(forwarder?.pattern).toEqual({ source: ["aws.ec2"], detail: { b: ["y"] } });
  },
);

test("detections without a rule need none", () => {
  expect(compileForwarders([{ ...custom("own", { source: ["aws.ec2"] }), path: "log" }])).toEqual([]);
  expect(compileForwarders([])).toEqual([]);
});

test("services of the global region have forwarders there alone", () => {
  const own = custom("own", { source: ["aws.iam", "aws.sts", "aws.signin"], detail: { eventName: ["CreateX"] } });

  expect(compileForwarders([own])).toEqual([
    {
      pattern: { source: ["aws.signin", "aws.sts"], detail: { eventName: ["CreateX"] } },
      state: "ENABLED",
      where: "everywhere",
    },
    { pattern: { source: ["aws.iam"], detail: { eventName: ["CreateX"] } }, state: "ENABLED", where: "globalRegion" },
  ]);
});

test("the same detections give the same text", () => {
  const text = () => JSON.stringify(compileForwarders(structuredClone(everything)));

  expect(text()).toBe(text());
});
