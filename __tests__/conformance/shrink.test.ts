import { describe, expect, test } from "@jest/globals";
import type { Pair } from "./compare";
import { costOf, simplerPairs } from "./reductions";
import { shrink } from "./shrink";
import { parseTree } from "./tree/parse-tree";
import { write } from "./tree/tree";

function pairOf(pattern: string, event: string): Pair {
  return { pattern: parseTree(pattern), event: parseTree(event) };
}

const large = pairOf(
  '{"$or":[{"a":["x"]},{"detail":{"b.c":[1,{"prefix":"some needle here"},{"numeric":[">",3]}]}}],"z":[true]}',
  String.raw`{"detail":{"b":[{"c":"x"},{"c":[12345,null]}]},"\u007a":"y"}`,
);

describe("shrink", () => {
  test("finds the minimum of what was planted", async () => {
    const planted = ({ pattern, event }: Pair) =>
      /"prefix":"[^"]*needle[^"]*"/.test(write(pattern)) && /(^|[[,:])\d/.test(write(event));

    const smallest = await shrink(large, async (pairs) => pairs.map(planted));

    expect([write(smallest.pattern), write(smallest.event)]).toEqual(['{"prefix":"needle"}', '{"a":0}']);
  });

  test("renames a field in the pattern and in the event at once", async () => {
    const key = ({ pattern, event }: Pair) => {
      const [, name] = /^\{"([^"]+)":\[/.exec(write(pattern)) ?? [];
      return name !== undefined && write(event) === `{"${name}":1}`;
    };

    const smallest = await shrink(pairOf('{"someField":[1,2]}', '{"someField":1}'), async (pairs) => pairs.map(key));

    expect([write(smallest.pattern), write(smallest.event)]).toEqual(['{"a":[]}', '{"a":1}']);
  });

  test("takes a level out of the pattern and of the event at once", async () => {
    const depth = (source: string) => source.split("{").length;
    const level = ({ pattern, event }: Pair) =>
      depth(write(pattern)) === depth(write(event)) && /:\["x"\]}/.test(write(pattern)) && /:"x"}/.test(write(event));

    const smallest = await shrink(pairOf('{"b":{"c":{"d":["x"]}}}', '{"b":{"c":{"d":"x"}}}'), async (pairs) =>
      pairs.map(level),
    );

    expect([write(smallest.pattern), write(smallest.event)]).toEqual(['{"a":["x"]}', '{"a":"x"}']);
  });

  test("leaves a pair alone that shows nothing in any simpler form", async () => {
    expect(await shrink(large, async (pairs) => pairs.map(() => false))).toBe(large);
  });
});

test("simpler pairs cost less, the simplest comes first, and all are JSON", () => {
  const costs = simplerPairs(large).map(costOf);

  expect(costs).toEqual([...costs].sort((a, b) => a - b));
  expect(Math.max(...costs)).toBeLessThan(costOf(large));
  for (const { pattern, event } of simplerPairs(large)) {
    expect(() => [JSON.parse(write(pattern)), JSON.parse(write(event))]).not.toThrow();
  }
});
