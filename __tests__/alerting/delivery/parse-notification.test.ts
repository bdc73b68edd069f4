import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cardOf } from "../../../alerting/channels/card-of";
import { NotificationProblem, parseNotification } from "../../../alerting/delivery/parse-notification";
import type { JsonObject } from "../../../detection/events/json";
import { alert, digest, rateLimit, summary, timeline } from "./notifications";

const ALL = { alert, summary, timeline, digest, "rate-limit": rateLimit };

test.each(Object.entries(ALL))("%s is read as it is", (_, notification) => {
  const text = JSON.parse(JSON.stringify(notification)) as JsonObject;

  expect(parseNotification(text)).toEqual(notification);
});

test("a later minor version is read, with fields that this one does not know", () => {
  expect(parseNotification({ ...alert, version: "1.7", mood: "grim" })).toMatchObject({ version: "1.7" });
});

describe("what can't be read is refused with field, value and what is allowed", () => {
  test.each([
    [{ version: "2.0" }, 'version is "2.0": it must be 1 with any minor version, such as "1.0"'],
    [{ version: undefined }, 'version is absent: it must be 1 with any minor version, such as "1.0"'],
    [{ kind: "poem" }, 'kind is "poem": it must be one of alert, summary, timeline, digest, rate-limit'],
    [{ kind: "toString" }, /^kind is "toString"/],
    [{ id: "" }, 'id is "": it must be a text of at least one character'],
    [{ account: "1" }, 'account is "1": it must be an object'],
    [{ detection: { ...alert.detection, severity: 4 } }, /^detection\.severity is a number/],
    [{ alsoMatched: [alert.detection, null] }, "alsoMatched[1] is null: it must be an object"],
    [{ remediation: { ...alert.remediation, undo: "x" } }, 'remediation.undo is "x": it must be a list'],
    [{ incident: { ...alert.incident, role: "ends" } }, /^incident\.role is "ends"/],
  ])("%j", (over, message) => {
    expect(() => parseNotification({ ...alert, ...over } as JsonObject)).toThrow(message);
    expect(() => parseNotification({ ...alert, ...over } as JsonObject)).toThrow(NotificationProblem);
  });
});

/** Paths to every value in a notification. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner = Object.entries(Object(value) as object);
  const isContainer = typeof value === "object" && value !== null;
  return [
    ...(path.length > 0 ? [path] : []),
    ...(isContainer ? inner.flatMap(([key, child]) => pathsIn(child, [...path, key])) : []),
  ];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

test("whatever is read makes a card: one value anywhere may be anything", () => {
  const cases = fc
    .constantFrom(...Object.values(ALL))
    .chain((notification) =>
      fc.tuple(
        fc.constant(notification),
        fc.constantFrom(...pathsIn(notification)),
        fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.constant("constructor"), fc.constant("__proto__")),
      ),
    );
  fc.assert(
    fc.property(cases, ([notification, path, value]) => {
      const changed = replaced(notification, path, value) as JsonObject;
      let read: ReturnType<typeof parseNotification>;
      try {
        read = parseNotification(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(NotificationProblem);
        return;
      }
      expect(() => JSON.stringify(cardOf(read))).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
