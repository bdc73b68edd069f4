import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { ColdStart } from "../../../tools/bench/cold-starts";
import { judgeStarts, measureStarts, processorTimes, untilFirstPublish } from "../../../tools/bench/start-figures";

const ROOT = join(__dirname, "..", "..", "..");

function starts(...times: readonly (readonly [ms: number, cpuMs?: number])[]): readonly ColdStart[] {
  return times.map(([ms, cpuMs]) => ({ ms, cpuMs, calls: [] }));
}

function figures(ours: readonly ColdStart[], theirs: readonly ColdStart[]) {
  return [{ path: "an event", calls: [], function: ours, sameCalls: theirs }];
}

const named = (...names: readonly string[]) => names.map((name) => ({ name, input: {} }));

describe("the verdict on cold starts", () => {
  test("compares medians, by the clock and by the processor's time", () => {
    const verdicts = judgeStarts(
      figures(starts([115, 116], [900, 50], [50, 900]), starts([100, 100], [90, 90], [500, 500])),
    );

    expect(verdicts.map(({ figure, value, met }) => [figure, value, met])).toEqual([
      ["function / same calls, an event", 1.15, true],
      ["function / same calls, an event, processor", 1.16, false],
    ]);
  });

  test("goes by the clock alone where the system does not count the processor's time", () => {
    const verdicts = judgeStarts(figures(starts([116]), starts([100, 100])));

    expect(verdicts.map(({ figure, met }) => [figure, met])).toEqual([["function / same calls, an event", false]]);
  });

  test("takes no processor times of which one is missing", () => {
    expect(processorTimes(starts([1, 2], [1]))).toBeUndefined();
    expect(processorTimes(starts([1, 2], [1, 0]))).toEqual([2, 0]);
  });
});

describe("the calls up to the first Publish", () => {
  test("leave out what comes after it", () => {
    expect(untilFirstPublish(named("UpdateItem", "Publish", "UpdateItem"))).toEqual(named("UpdateItem", "Publish"));
  });

  test("have the read of the alias where it begins, whenever it arrives", () => {
    const alias = { name: "GetItem", input: { Key: { pk: { S: "account-alias" } } } };
    const [file, window, publish] = named("GetObject", "UpdateItem", "Publish");
    if (!file || !window || !publish) throw new Error("three calls are named");

    expect(untilFirstPublish([window, alias, publish])).toEqual([alias, window, publish]);
    expect(untilFirstPublish([file, window, alias, publish])).toEqual([file, alias, window, publish]);
  });

  test.each([[[]], [["UpdateItem"]], [["Publish", "Publish"]]])("are refused without just one: %j", (names) => {
    expect(() => untilFirstPublish(named(...names))).toThrow(`the calls are ${names.join(", ")}: expected one Publish`);
  });
});

test("the handler beside the function makes the function's calls, on both paths", async () => {
  const measured = await measureStarts(ROOT, 1);

  // The alias; the window; the alert's claim; the rate limit; the caller's incident; the alert.
  const decided = ["GetItem", "UpdateItem", "PutItem", "UpdateItem", "GetItem", "PutItem", "Publish"];
  expect(measured.map(({ path, calls }) => [path, calls])).toEqual([
    ["an event", decided],
    ["a log file", ["GetObject", ...decided]],
  ]);
  const [event] = measured;
  const names = (starts: readonly ColdStart[] = []) =>
    starts.flatMap(({ calls }) => calls.map(({ name }) => name).sort());
  expect(names(event?.sameCalls)).toEqual([...decided].sort());
  expect(event?.function[0]?.ms).toBeGreaterThan(0);
}, 60_000);
