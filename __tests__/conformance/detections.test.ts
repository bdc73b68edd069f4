import { expect, test } from "@jest/globals";
import { catalogue } from "../../detection/catalogue/catalogue";
import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import { judgeDetections } from "./detections";
import type { Question, Ruling } from "./referee";

const asWeDo = async ([question]: readonly Question[]): Promise<readonly Ruling[]> => {
  const compiled = compilePattern(JSON.parse(question?.pattern ?? ""));
  return [{ matches: question?.events.map((event) => matches(compiled, JSON.parse(event))) ?? [] }];
};

test("every shipped detection is held against every fixture", async () => {
  const { pairs, disagreements } = await judgeDetections(asWeDo);

  expect(disagreements).toEqual([]);
  expect(pairs % catalogue.length).toBe(0);
  expect(pairs / catalogue.length).toBeGreaterThan(2 * catalogue.length);
});

test("a pair that is judged differently is named, and so is a pattern that is refused", async () => {
  let asked = 0;
  const { disagreements } = await judgeDetections(async (questions) => {
    asked++;
    if (asked === 1) return [{ refused: "too odd" }];
    const [ruling] = await asWeDo(questions);
    if (asked !== 2 || !ruling || "refused" in ruling) return [ruling as Ruling];
    return [{ matches: ruling.matches.map((answer, index) => (index === 0 ? !answer : answer)) }];
  });

  expect(disagreements).toEqual([
    `${catalogue[0]?.id}: event-ruler refuses its pattern: too odd`,
    expect.stringMatching(new RegExp(`^${catalogue[1]?.id} on the fixture ".*": event-ruler says `)),
  ]);
});
