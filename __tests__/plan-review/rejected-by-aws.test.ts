import { describe, expect, test } from "@jest/globals";
import { type Entry, entry, outcome, planWith, review } from "./plans";

const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

function created(address: string, values: object, more: object = {}): Entry {
  return entry(address, ["create"], null, values, { after_unknown: { id: true }, ...more });
}

describe("a rule that AWS refuses", () => {
  const notes = (entryOf: Entry) => review(planWith([entryOf])).notes.filter((note) => note.startsWith("AWS rejects"));
  const clock = { name: "clock", schedule_expression: "rate(5 minutes)", state: "ENABLED" };
  const address = "aws_cloudwatch_event_rule.clock";

  test("with a schedule in the state for events is noted, and not refused", () => {
    const changed = entry(address, ["update"], clock, { ...clock, state: ALL });

    expect(notes(changed)).toEqual([expect.stringContaining(`${address}: a rule with a schedule_expression`)]);
    expect(notes(created(address, { ...clock, state: ALL }))).toHaveLength(1);
    expect(outcome(changed).refused).toEqual([]);
  });

  test("is no other", () => {
    expect(notes(entry(address, ["update"], clock, { ...clock, state: "DISABLED" }))).toEqual([]);
    expect(
      notes(created(address, { name: "clock", event_pattern: "{}", schedule_expression: "", state: ALL })),
    ).toEqual([]);
    expect(notes(entry(address, ["delete"], { ...clock, state: ALL }, null))).toEqual([]);
  });
});
