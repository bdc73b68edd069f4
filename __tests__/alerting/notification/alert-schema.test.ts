// Over 250 lines: one schema, each of its parts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boundedStep } from "../../../alerting/incidents/bounded-step";
import { type AlertContext, buildAlert } from "../../../alerting/notices/alert";
import { alertNotice } from "../../../alerting/notices/alert-notice";
import { digestNotice } from "../../../alerting/notices/digest";
import type { Labels } from "../../../alerting/notices/labels";
import type { Notice } from "../../../alerting/notices/notice";
import { rateLimitNotice } from "../../../alerting/notices/rate-limit-notice";
import { shortened } from "../../../alerting/notices/shortened";
import { summaryNotice } from "../../../alerting/notices/summary";
import { timelineNotice } from "../../../alerting/notices/timeline";
import { NOTIFICATION_VERSION } from "../../../alerting/notification/notification";
import { windowOf } from "../../../alerting/windows/window";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { SEVERITIES } from "../../../detection/definition/detection";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { isObject, objectAt } from "../../../detection/events/json";
import { cut, oneLine } from "../../../detection/events/text";
import { anyCharacter } from "../../any-character";
import { unauthorizedDescribe } from "../../detection/events/records";
import { propertyRuns } from "../../property-runs";
import { REPOSITORY } from "../../repository";
import { closingWindow, detectionNamed, grouped, totalsOf } from "../notices/notices";
import { complaints, expectValid, SCHEMA } from "./alert-schema";
import { pathsIn, propertiesOf, resolved } from "./schema-paths";
import { WHOLE_EXAMPLES } from "./whole-examples";

const ACCOUNT = "111122223333";
const FIXTURES = join(REPOSITORY, "__tests__/fixtures/detections");
const LIMITS = [4_000, 1_000, 250, 50];
const LABELS: Labels = { accountNames: { [ACCOUNT]: "prod\u202e".repeat(40) } };

const contexts: fc.Arbitrary<AlertContext> = fc.record(
  {
    also: fc.array(fc.constantFrom(...catalogue), { maxLength: 30 }),
    incident: fc.record(
      {
        id: fc.constant("0123456789abcdef-20261120T021405Z"),
        startedAt: fc.nat(),
        number: fc.integer({ min: 1, max: 10_000 }),
        role: fc.constantFrom("opens" as const, "rises" as const, "update" as const),
      },
      {},
    ),
    followsUrgent: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Whole, and however much it is shortened. */
function expectAllValid({ json }: Notice): void {
  expectValid(json);
  for (const limit of LIMITS) expectValid(shortened(json, limit));
}

describe("the schema", () => {
  test("has the version of the notifications", () => {
    expect(SCHEMA.$id).toBe(`urn:trailwarden:notification:${NOTIFICATION_VERSION}`);
  });

  test("describes every property, and allows no other", () => {
    const silent: string[] = [];
    const open: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (!isObject(schema)) return;
      // A map of texts whose keys are bounded has any keys.
      const isOpen = schema.additionalProperties !== false && schema.propertyNames === undefined;
      if (schema.type === "object" && isOpen) open.push(path);
      for (const [name, property] of Object.entries(objectAt(schema, "properties"))) {
        const where = `${path}.${name}`;
        const described = isObject(property)
          ? property.$ref === undefined
            ? property
            : { ...resolved(property), ...property }
          : {};
        if (typeof described.description !== "string" || described.description.length < 5) silent.push(where);
        visit(property, where);
      }
      visit(schema.items, `${path}[]`);
    };
    for (const [name, definition] of Object.entries(objectAt(SCHEMA, "$defs"))) visit(definition, name);

    expect({ silent, open }).toEqual({ silent: [], open: [] });
  });

  test("bounds every text that is not fixed", () => {
    const texts = JSON.stringify(SCHEMA).match(/\{[^{}]*"type":"string"[^{}]*\}/g) ?? [];

    expect(texts.length).toBeGreaterThan(80);
    expect(texts.filter((text) => !/"(maxLength|const)":/.test(text))).toEqual([]);
  });

  test("agrees with the types: it takes an example of every property that they know, and knows no property besides", () => {
    for (const example of WHOLE_EXAMPLES) expectValid(example);
    const used = new Set<string>();
    for (const example of WHOLE_EXAMPLES) for (const path of pathsIn(SCHEMA, example, "")) used.add(path);
    const known = new Set(Object.keys(objectAt(SCHEMA, "$defs")).flatMap((name) => propertiesOf(name)));

    expect([...known].filter((path) => !used.has(path))).toEqual([]);
  });

  test.each(WHOLE_EXAMPLES.map((example) => [example.kind, example] as const))(
    "refuses a %s with a property more, and one without a property that isn't optional",
    (_, example) => {
      expect(complaints({ ...example, surplus: 1 })).toEqual([expect.stringContaining("must NOT have additional")]);
      for (const name of ["version", "kind", "id", "severity", "account", "region"]) {
        expect(complaints({ ...example, [name]: undefined })).not.toEqual([]);
      }
      expect(complaints({ ...example, version: "2.0" })).not.toEqual([]);
    },
  );
});

describe("is valid by the schema, shortened or not", () => {
  const fixtures = catalogue.map(({ id }) => id).filter((id) => readdirSync(FIXTURES).includes(`${id}.json`));

  test("the fixtures are those of every detection", () => {
    expect(fixtures).toHaveLength(catalogue.length);
  });

  test.each(fixtures)("every alert of %s's fixtures", (id) => {
    const { cases } = JSON.parse(readFileSync(join(FIXTURES, `${id}.json`), "utf8")) as {
      readonly cases: readonly { readonly record: CloudTrailRecord; readonly matches: boolean }[];
    };
    const detection = detectionNamed(id);
    for (const { record } of cases) {
      const event = wrapRecord(record);
      const alert = buildAlert(
        detection,
        event,
        "log",
        windowOf(detection, event),
        "the-archive/AWSLogs",
        "trailwarden",
      );
      expectAllValid(alertNotice(alert, LABELS));
    }
  });

  const text = fc.string({ unit: anyCharacter, maxLength: 40 });
  const longText = fc
    .record({ piece: text, times: fc.constantFrom(1, 50, 3_000) })
    .map(({ piece, times }) => piece.repeat(times));
  const fields = [
    ...Object.keys(unauthorizedDescribe()),
    "resources",
    "responseElements",
    "additionalEventData",
    "sharedEventID",
  ];

  test("an alert of any record, whatever its fields hold, among whatever it stands", () => {
    const value = fc.oneof(fc.jsonValue(), longText, fc.dictionary(text, fc.oneof(longText, fc.jsonValue())));
    const record = fc.array(fc.tuple(fc.constantFrom(...fields), value), { maxLength: 6 }).map((odd) => {
      const { eventName, eventSource, ...rest } = Object.fromEntries(odd);
      const name = typeof eventName === "string" && eventName !== "" ? { eventName } : {};
      const source = typeof eventSource === "string" && eventSource !== "" ? { eventSource } : {};
      return unauthorizedDescribe({ ...rest, ...name, ...source });
    });
    const detections = fc
      .constantFrom(...catalogue)
      .chain((detection) => fc.record({ why: longText, title: longText }).map((words) => ({ ...detection, ...words })));
    fc.assert(
      fc.property(
        record,
        detections,
        contexts,
        fc.constantFrom("event" as const, "log" as const),
        (its, detection, among, path) => {
          const event = wrapRecord(its);
          const alert = buildAlert(detection, event, path, windowOf(detection, event), undefined, "trailwarden", among);
          expectAllValid(alertNotice(alert, LABELS));
        },
      ),
      { numRuns: propertyRuns(1_000) },
    );
  });

  test("a summary and a digest of any names, any number of callers, calls and regions", () => {
    const names = fc.record({
      actor: text,
      eventName: text,
      region: text,
      id: fc.oneof(text, fc.constant("sha256-1")),
      outcome: fc.constantFrom(undefined, "succeeded" as const, "denied" as const, "failed" as const),
      ending: fc.constantFrom("published" as const, "grouped" as const, "rateLimited" as const, "digested" as const),
      time: fc.oneof(text, fc.constant("2026-11-20T02:00:00Z")),
    });
    const many = fc
      .record({ some: fc.array(names, { minLength: 1, maxLength: 5 }), times: fc.constantFrom(1, 150) })
      .map(({ some, times }) =>
        some.flatMap((one) =>
          grouped(times, one as Parameters<typeof grouped>[1]).map((member, i) => ({
            ...member,
            actor: `${member.actor} ${i}`,
            eventName: `${member.eventName} ${i}`,
          })),
        ),
      );
    fc.assert(
      fc.property(many, fc.nat(3), longText, (members, reported, title) => {
        const totals = totalsOf(...members);
        fc.pre(totals.count > 0);
        expectAllValid(
          summaryNotice(closingWindow({ reported: Math.min(reported, totals.count), title }), totals, ACCOUNT, LABELS),
        );
        const window = closingWindow({ title }, "digest");
        expectAllValid(digestNotice([{ window, totals }], ACCOUNT, "us-east-1", LABELS));
      }),
      { numRuns: propertyRuns(200) },
    );
  });

  test("a timeline of any steps", () => {
    const line = fc.string({ unit: anyCharacter, maxLength: 700 });
    const step = fc
      .record({
        ...{
          callId: line,
          eventId: line,
          detection: fc.constantFrom("a", "b"),
          title: line,
          eventName: line,
          account: line,
        },
        ...{ region: line, actor: line, sourceIPAddress: line, what: line },
        time: fc.constantFrom(0, Date.parse("2026-11-20T02:14:05Z")),
        severity: fc.constantFrom(...SEVERITIES),
        outcome: fc.constantFrom("succeeded" as const, "denied" as const, "failed" as const),
      })
      .map((its) =>
        boundedStep({
          ...its,
          account: oneLine(its.account, 128) || "unknown",
          region: oneLine(its.region, 128) || "unknown",
        }),
      );
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), fc.nat(200), line, (steps, more, by) => {
        const incident = {
          ...{ id: "0123456789abcdef-20261120T021405Z", startedAt: 0, severity: "high" as const, steps, more },
          ...(by !== "" && { acknowledged: { by: cut(by, 100), at: 0, through: "slack" } }),
        };
        expectAllValid(timelineNotice(incident, 0, ACCOUNT, "us-east-1", LABELS));
      }),
      { numRuns: propertyRuns(200) },
    );
  });

  test("the notice of the rate limit", () => {
    expectAllValid(rateLimitNotice(100, Date.parse("2026-11-20T03:00:00Z"), ACCOUNT, "us-east-1", LABELS));
  });
});
