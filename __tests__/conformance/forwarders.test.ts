import { expect, test } from "@jest/globals";
import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import { judgeForwarders } from "./forwarders";
import type { Question, Ruling } from "./referee";

const MADE = 50;

const asWeDo = async (questions: readonly Question[]): Promise<readonly Ruling[]> =>
  questions.map(({ pattern, events }) => {
    const compiled = compilePattern(JSON.parse(pattern));
    return { matches: events.map((event) => matches(compiled, JSON.parse(event))) };
  });

test("every forwarder is held against fixtures and made events", async () => {
  const { events, disagreements } = await judgeForwarders(asWeDo, MADE);

  expect(disagreements).toEqual([]);
  expect(events).toBeGreaterThan(1_000);
});

test("a forwarder that doesn't match is noticed, and so is one that is refused", async () => {
  const silent = await judgeForwarders(async (questions) => {
    const rulings = await asWeDo(questions);
    return rulings.map((ruling, index) =>
      index === rulings.length - 1 ? { matches: questions[index]?.events.map(() => false) ?? [] } : ruling,
    );
  }, MADE);
  const refusing = await judgeForwarders(async (questions) => questions.map(() => ({ refused: "too odd" })), MADE);

  expect(silent.disagreements).toContainEqual(expect.stringMatching(/^[a-z-]+ is not forwarded: \{/));
  expect(silent.disagreements).toContainEqual(expect.stringMatching(/^a forwarder is judged differently: \{/));
  expect(refusing.disagreements).toContain("event-ruler refuses a pattern: too odd");
});
