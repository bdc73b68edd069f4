import { expect, test } from "@jest/globals";
import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import { judgeForwarders } from "./forwarders";

const MADE = 50;

const asWeDo = async (patterns: readonly string[], events: readonly string[]) => {
  const compiled = patterns.map((pattern) => compilePattern(JSON.parse(pattern)));
  return events.map((event) => {
    const parsed = JSON.parse(event);
    return compiled.flatMap((pattern, number) => (matches(pattern, parsed) ? [number] : []));
  });
};

test("every forwarder is held against fixtures and made events", async () => {
  const { events, disagreements } = await judgeForwarders(asWeDo, MADE);

  expect(disagreements).toEqual([]);
  expect(events).toBeGreaterThan(1_000);
});

test("a forwarder that doesn't match is noticed, and so is a pattern that is refused", async () => {
  const silent = await judgeForwarders(async (patterns, events) => {
    const matched = await asWeDo(patterns, events);
    return matched.map((numbers) => numbers.filter((number) => number !== patterns.length - 1));
  }, MADE);
  const refusing = judgeForwarders(async () => {
    throw new Error("the referee answers: too odd");
  }, MADE);

  expect(silent.disagreements).toContainEqual(expect.stringMatching(/^[a-z-]+ is not forwarded: \{/));
  expect(silent.disagreements).toContainEqual(expect.stringMatching(/^a forwarder is judged differently: \{/));
  await expect(refusing).rejects.toThrow("too odd");
});
