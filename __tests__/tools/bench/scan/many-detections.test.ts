import { expect, test } from "@jest/globals";
import { DEFAULT_PACK } from "../../../../tools/bench/logs/default-pack";
import { enabled } from "../../../../tools/bench/logs/enable";
import { manyDetections } from "../../../../tools/bench/scan/figures";

const many = manyDetections(800);

test("800 detections can all be used, and differ", () => {
  expect(enabled(many).detections).toHaveLength(800);
  expect(new Set(many.map(({ id }) => id)).size).toBe(800);
});

test("the first 80 are the default pack's", () => {
  expect(many.slice(0, 80).map(({ pattern }) => pattern)).toEqual(
    DEFAULT_PACK.slice(0, 80).map(({ pattern }) => pattern),
  );
  expect(manyDetections(80)).toEqual(many.slice(0, 80));
});

test("the others ask for other calls of the same services", () => {
  const original = many.find(({ id }) => id.startsWith("trail-stopped-"));
  const variation = many.filter(({ id }) => id.startsWith("trail-stopped-"))[3];

  expect(original?.pattern.detail).toMatchObject({ eventName: ["StopLogging", "DeleteTrail"] });
  expect(variation?.pattern).toEqual({
    ...original?.pattern,
    detail: { eventSource: ["cloudtrail.amazonaws.com"], eventName: ["StopLogging3", "DeleteTrail3"] },
  });
});
