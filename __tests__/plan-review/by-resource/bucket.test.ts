import { describe, expect, test } from "@jest/globals";
import { changed, valuesOf } from "../plans";
import { outcome } from "./outcome";

const NOTIFICATION = "aws_s3_bucket_notification.audit";
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration.audit";

describe("a bucket's notifications", () => {
  test.each([
    ["other events", { events: ["s3:ObjectRemoved:*"] }],
    ["one prefix", { filter_prefix: "nothing/" }],
    ["one suffix", { filter_suffix: ".never" }],
  ])("of %s only are refused", (_, after) => {
    const [block] = valuesOf(NOTIFICATION).queue as readonly object[];
    expect(outcome(changed(NOTIFICATION, { queue: [{ ...block, ...after }] })).refused).toEqual([
      `${NOTIFICATION}#notification-removed`,
    ]);
  });

  test("to EventBridge that are off are refused", () => {
    expect(outcome(changed(NOTIFICATION, { eventbridge: false }, { eventbridge: true })).refused).toEqual([
      `${NOTIFICATION}#notification-removed`,
    ]);
  });

  test("in more pieces than before are fine", () => {
    const [block] = valuesOf(NOTIFICATION).queue as readonly object[];
    const [put, others] = [["s3:ObjectCreated:Put"], ["s3:ObjectCreated:*"]];
    const queue = [
      { ...block, id: "a", events: put },
      { ...block, id: "b", events: others, filter_prefix: null, filter_suffix: null },
    ];
    expect(outcome(changed(NOTIFICATION, { queue }))).toEqual({ refused: [], indeterminate: [] });
  });
});

describe("old versions", () => {
  const [rule] = valuesOf(LIFECYCLE).rule as readonly object[];
  const keeps = (newer: number | null) => ({
    rule: [{ ...rule, noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: newer }] }],
  });

  test("of which fewer are kept are refused", () => {
    expect(outcome(changed(LIFECYCLE, keeps(null), keeps(10))).refused).toEqual([`${LIFECYCLE}#retention`]);
    expect(outcome(changed(LIFECYCLE, keeps(5), keeps(10))).refused).toEqual([`${LIFECYCLE}#retention`]);
  });

  test("of which more are kept are fine", () => {
    expect(outcome(changed(LIFECYCLE, keeps(10), keeps(null)))).toEqual({ refused: [], indeterminate: [] });
    expect(outcome(changed(LIFECYCLE, keeps(20), keeps(10)))).toEqual({ refused: [], indeterminate: [] });
  });
});
