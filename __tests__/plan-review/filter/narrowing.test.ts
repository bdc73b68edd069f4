import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { filterNarrowing } from "../../../plan-review/filter/narrowing";
import { propertyRuns } from "../../property-runs";

const ROOT = '{ $.userIdentity.type = "Root" }';
const NO_SERVICES =
  '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }';
const TRAIL =
  "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StopLogging) }";

describe("matches less", () => {
  test.each([
    [ROOT, NO_SERVICES],
    [ROOT, '{ $.userIdentity.type = "Root" && $.userIdentity.sessionContext.assumedRoot NOT EXISTS }'],
    [ROOT, '{ ($.userIdentity.type = "Root") && ($.sourceIPAddress != "203.0.113.*") }'],
    [ROOT, '{ $.userIdentity.type = "root" }'],
    [ROOT, '{ $.useridentity.type = "Root" }'],
    [ROOT, '{ $.userIdentity.type = "Root" && $.eventName = "*" }'],
    [TRAIL, TRAIL.replace(" || ($.eventName = StopLogging)", "")],
    [TRAIL, TRAIL.replaceAll("||", "&&")],
    [TRAIL, TRAIL.replace("StopLogging", '"StopLogging "')],
    ['{ $.errorCode = "AccessDenied*" }', '{ $.errorCode = "AccessDenied" }'],
    ['{ $.errorCode = "*Denied*" }', '{ $.errorCode = "*Denied" }'],
    ['{ $.errorCode = "*" }', '{ $.errorCode = "A*" || $.errorCode = "*z" }'],
    ['{ $.eventName != "Get*" }', '{ $.eventName != "Get*" && $.eventName != "List*" }'],
    ["{ $.count >= 5 }", "{ $.count > 5 }"],
    ["{ $.count > 5 }", "{ $.count > 5 && $.count < 100 }"],
    ["{ $.count = 5 }", "{ $.count = 6 }"],
    ["{ $.readOnly IS FALSE }", "{ $.readOnly IS TRUE }"],
    ["{ $.errorCode NOT EXISTS }", "{ $.errorCode NOT EXISTS && $.responseElements IS NULL }"],
    ["{ $.resources[0].type = a }", "{ $.resources[0].type = a && $.resources[1].type NOT EXISTS }"],
    ["{ $.eventName = %Delete.*% }", "{ $.eventName = DeleteTrail }"],
    ["{ $.eventName = DeleteTrail || $.eventName = StopLogging }", "{ $.eventName = %^Delete% }"],
    [ROOT, '{ $.userIdentity.type = "Root" && $.sourceIPAddress != %^203\\.0\\.113\\.\\d{1,3}$% }'],
    [ROOT, '{ $.userIdentity.type = "Root" && $.userIdentity.arn != %AWSReservedSSO_[A-Za-z]+% }'],
    [ROOT, '{ $.userIdentity.type = "Root" && $.userAgent != %curl{0,2}|kali% }'],
    [ROOT, '{ $.userIdentity.type = "Root" && $.recipientAccountId != %^[0-9]{12}$% }'],
    [ROOT, '{ $.userIdentity.type = "Root" && $.userAgent != "*aws*cli*" }'],
    ["{ $.a = x*y }", "{ $.a = xy }"],
    ["{ $.a = x*y }", "{ $.a = xy }"],
    ["", ROOT],
    [" ", "ERROR"],
    ["ERROR", "ERROR -Exiting"],
    ["ERROR", "ERROR Exception"],
    ["?ERROR ?WARN", "?ERROR"],
  ])("%s → %s", (before, after) => {
    expect(filterNarrowing(before, after)).toMatchObject({ narrows: "yes" });
  });

  test("the event that is lost is named", () => {
    expect(filterNarrowing(TRAIL, TRAIL.replace(" || ($.eventName = StopLogging)", ""))).toEqual({
      narrows: "yes",
      lost: '{"eventName":"StopLogging"}',
    });
  });
});

describe("matches as much or more", () => {
  test.each([
    [NO_SERVICES, ROOT],
    [ROOT, '{$.userIdentity.type="Root"}'],
    [ROOT, "{ ( $.userIdentity.type = Root ) }"],
    [ROOT, "{\n  $.['userIdentity'].type = Root\n}"],
    [TRAIL, '{ $.eventName = "*Trail" || $.eventName = "StopLogging" }'],
    [TRAIL, TRAIL.replaceAll("(", "((").replaceAll(")", "))")],
    ["{ $.a = x && ($.b = y || $.c = z) }", "{ ($.a = x && $.b = y) || $.c = z && $.a = x }"],
    ["{ $.a = x || $.a = y && $.b = z }", "{ $.a = x || ($.a = y && $.b = z) }"],
    ['{ $.errorCode = "AccessDenied" }', '{ $.errorCode = "AccessDenied*" }'],
    ['{ $.errorCode = "*ab*" }', '{ $.errorCode = "*b*" }'],
    ['{ $.eventName != "Get*" && $.eventName != "List*" }', '{ $.eventName != "Get*" }'],
    ['{ $.a != "Yes" }', '{ $.a != "Yes" || $.a NOT EXISTS }'],
    ["{ $.count > 5 }", "{ $.count >= 5 }"],
    ["{ $.count > 5 && $.count < 3 }", ROOT],
    ["{ $.a.b = x && $.a NOT EXISTS }", ROOT],
    ["{ $.* = x }", "{ $.* = x || $.b = y }"],
    ["{ $.a = %x.y% && $.b = z }", "{ $.a = %x.y% }"],
    [ROOT, ""],
    ["ERROR -Exiting", "ERROR"],
    ["?ERROR", "?ERROR ?WARN"],
    ["[ip, user, status = 4*]", "[ip, user, status = 4*]"],
  ])("%s → %s", (before, after) => {
    expect(filterNarrowing(before, after)).toEqual({ narrows: "no" });
  });
});

describe("can't be decided", () => {
  test.each([
    // Whether `!=` matches where there is nothing isn't documented.
    ['{ $.a NOT EXISTS || $.a != "Yes" }', '{ $.a != "Yes" }'],
    ["{ $.a = x*y }", "{ $.a = x* }"],
    ["{ $.* = x }", "{ $.* = x && $.b = y }"],
    ["{ $.a = %a+b+c+d+% }", "{ $.a = %a+b+c+% }"],
    ["[ip, user, status = 4*]", "[ip, user, status = 404]"],
    ["{ $.a EXISTS }", ROOT],
    ["{ $.a = x", ROOT],
    ["{ $.a > x }", ROOT],
    [ROOT, "{ $.a = x && }"],
  ])("%s → %s", (before, after) => {
    expect(filterNarrowing(before, after)).toEqual({ narrows: "indeterminate" });
  });

  test("what would take too long is not, and takes no time", () => {
    const names = Array.from({ length: 40 }, (_, index) => `$.f${index} != v${index}`);
    const started = performance.now();

    expect(filterNarrowing(`{ ${names.join(" || ")} }`, `{ ${[...names].reverse().join(" || ")} || $.g = 1 }`)).toEqual(
      {
        narrows: expect.stringMatching(/^(no|indeterminate)$/),
      },
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

/** A condition, and whether it holds: AWS's words, without what it doesn't say. */
interface Asked {
  readonly text: string;
  readonly holds: (event: Readonly<Record<string, unknown>>) => boolean;
}

const FIELDS = ["a", "b"];
const field = fc.constantFrom(...FIELDS);
const word = fc.constantFrom("x", "xy", "y", "yx");

function asked(name: string, rest: string, test: (value: unknown, is: boolean) => boolean): Asked {
  return { text: `$.${name} ${rest}`, holds: (event) => test(event[name], Object.hasOwn(event, name)) };
}

const single: fc.Arbitrary<Asked> = fc.oneof(
  fc.tuple(field, word).map(([name, text]) => asked(name, `= "${text}"`, (value) => value === text)),
  fc.tuple(field, word).map(([name, text]) => asked(name, `!= "${text}"`, (value, is) => is && value !== text)),
  fc
    .tuple(field, word)
    .map(([name, text]) => asked(name, `= ${text}*`, (value) => typeof value === "string" && value.startsWith(text))),
  fc
    .tuple(field, word)
    .map(([name, text]) => asked(name, `= *${text}`, (value) => typeof value === "string" && value.endsWith(text))),
  fc
    .tuple(field, word)
    .map(([name, text]) => asked(name, `= "*${text}*"`, (value) => typeof value === "string" && value.includes(text))),
  fc
    .tuple(field, fc.nat(3))
    .map(([name, limit]) => asked(name, `> ${limit}`, (value) => typeof value === "number" && value > limit)),
  fc
    .tuple(field, fc.nat(3))
    .map(([name, limit]) => asked(name, `<= ${limit}`, (value) => typeof value === "number" && value <= limit)),
  field.map((name) => asked(name, "NOT EXISTS", (_, is) => !is)),
  field.map((name) => asked(name, "IS TRUE", (value) => value === true)),
);
const { formula } = fc.letrec<{ formula: Asked }>((tie) => ({
  formula: fc.oneof(
    { depthSize: "small" },
    single,
    fc.tuple(tie("formula"), tie("formula"), fc.boolean()).map(
      ([one, other, all]): Asked => ({
        text: `(${one.text}) ${all ? "&&" : "||"} (${other.text})`,
        holds: (event) => (all ? one.holds(event) && other.holds(event) : one.holds(event) || other.holds(event)),
      }),
    ),
  ),
}));
const value = fc.oneof(fc.stringMatching(/^[xyz]{0,4}$/), fc.integer({ min: -1, max: 5 }), fc.boolean());
const event = fc.dictionary(field, value, { maxKeys: FIELDS.length });

test("no event is ever lost where nothing is said to be", () => {
  fc.assert(
    fc.property(formula, formula, fc.array(event, { minLength: 30, maxLength: 30 }), (before, after, events) => {
      fc.pre(filterNarrowing(`{ ${before.text} }`, `{ ${after.text} }`).narrows === "no");

      expect(events.filter((each) => before.holds(each) && !after.holds(each))).toEqual([]);
    }),
    { numRuns: propertyRuns(300) },
  );
});

test("what is said to be lost was matched, and is matched no more", () => {
  fc.assert(
    fc.property(formula, formula, (before, after) => {
      const verdict = filterNarrowing(`{ ${before.text} }`, `{ ${after.text} }`);
      fc.pre(verdict.narrows === "yes");
      const lost = verdict.narrows === "yes" ? JSON.parse(verdict.lost) : {};

      expect([before.holds(lost), after.holds(lost)]).toEqual([true, false]);
    }),
    { numRuns: propertyRuns(300) },
  );
});
