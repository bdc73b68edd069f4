import { describe, expect, test } from "@jest/globals";
import { verdictsOf } from "./compare";
import { DELIBERATE } from "./deliberate";
import { type Engine, ownEngine } from "./engine";
import { excusesFor } from "./excuses";
import { fakeReferee } from "./fake-referee";
import type { Ruling } from "./referee";
import { parseTree } from "./tree/parse-tree";

/** Why the two may disagree about a pair, if the referee answers it so, and whatever else as is told. */
async function excuseFor(
  [pattern, event]: readonly [string, string],
  ruling: Ruling,
  elsewhere: (same: Ruling, pattern: string) => Ruling = (same) => same,
  engine: Engine = ownEngine,
): Promise<string | undefined> {
  const referee = fakeReferee((same, question) => elsewhere(same, question.pattern));
  const verdicts = verdictsOf(parseTree(pattern), [parseTree(event)], ruling, engine);
  const [excuse] = await excusesFor(verdicts, { referee, engine, deliberate: DELIBERATE });
  return excuse;
}

const hit = { matches: [true] } as const;
const miss = { matches: [false] } as const;

describe("a disagreement is excused", () => {
  test.each([
    ["digits", '{"a":[9007199254740993]}', '{"a":9007199254740992}', miss],
    ["duplicate-keys", '{"a":["x"]}', '{"a":"x","a":"y"}', hit],
    ["key-order", '{"$or":[{"1":["x"]},{"a":["y"]}],"1":["z"]}', '{"1":"x"}', miss],
    ["or-as-field", '{"$or":["a"]}', '{"$or":"a"}', { matches: [true], compilerSays: "refused" }],
    ["or-overlap", '{"$or":[{"a":["x"]},{"a":["x","y"]}]}', '{"a":"y"}', miss],
    ["empty-list", '{"a":[{"anything-but":{"prefix":[]}}]}', '{"a":"x"}', hit],
    ["surrogates", String.raw`{"a":[{"prefix":"\ud83d"}]}`, '{"a":"?x"}', hit],
    ["mask-digits", '{"a":[{"cidr":"10.0.0.0/٨"}]}', '{"a":"10.1.1.1"}', hit],
    ["mixed-wildcard", '{"a":[{"wildcard":"*a"},{"equals-ignore-case":"a"}]}', '{"a":"b"}', hit],
    [
      "repeated-star",
      '{"a":["x",{"anything-but":{"wildcard":["*a","*"]}}],"$or":[{"b":[1]},{"b":[2]}]}',
      '{"a":"y","b":2}',
      hit,
    ],
    ["array-numbers", '{"b.a.a":[1],"b.a.c":[1]}', '{"a":[],"b":[{"a":[{"c":1},{"a":1}],"a.c":1}]}', miss],
    ["number-as-address", '{"a":[{"cidr":"10.0.0.0/8"}]}', '{"a":1e1}', miss],
    ["largest-bound", '{"a":[{"numeric":["<",1.7976931348623157e308]}]}', '{"a":1}', { refused: "too large" }],
  ])("if it is gone without %s", async (id, pattern, event, ruling) => {
    expect(await excuseFor([pattern, event], ruling)).toBe(id);
  });

  test("if it takes two things out to make it go", async () => {
    const stays = (same: Ruling, pattern: string): Ruling => (/"b":.*"b":|993/.test(pattern) ? miss : same);

    expect(
      await excuseFor(['{"a":[9007199254740993],"b":["x"],"b":["y"]}', '{"a":9007199254740992,"b":"y"}'], miss, stays),
    ).toBe("digits");
  });
});

describe("a disagreement behind a refusal is excused", () => {
  test("if what the refusal hid is gone with another thing", async () => {
    const pattern = '{"$or":{},"$or":[{"a":[false]},{"a":[{"anything-but":"a"},false]}]}';
    const loses = (same: Ruling, asked: string): Ruling => (asked.startsWith('{"$or"') ? miss : same);

    expect(await excuseFor([pattern, '{"a":null}'], { refused: "must be an array" }, loses)).toBe("duplicate-keys");
  });
});

describe("a disagreement is not excused", () => {
  test.each([
    ["digits", '{"a":["x"],"b":[9007199254740993]}', '{"a":"x"}'],
    ["duplicate-keys", '{"a":["x"]}', '{"a":"x","b":1,"b":2}'],
    ["key-order", '{"a":["x"],"1":["y"]}', '{"a":"x"}'],
    ["surrogates", String.raw`{"a":["x","\ud83d"]}`, '{"a":"x"}'],
    ["mixed-wildcard", '{"a":[{"wildcard":"*a"},{"equals-ignore-case":"a"}],"b":["x"]}', '{"a":"a"}'],
    ["number-as-address", '{"a":[{"cidr":"10.0.0.0/8"}],"b":["x"]}', '{"a":1e1}'],
  ])("by %s that is there, but not why", async (_, pattern, event) => {
    const contrary = (same: Ruling): Ruling =>
      "refused" in same ? same : { matches: same.matches.map((one) => one !== true) };

    expect(await excuseFor([pattern, event], hit, contrary)).toBeUndefined();
    expect(await excuseFor([pattern, event], miss, contrary)).toBeUndefined();
  });

  test("where there is nothing of the kind", async () => {
    expect(await excuseFor(['{"a":["x"]}', '{"a":"x"}'], miss)).toBeUndefined();
  });

  test("by what event-ruler says now this, now that of", async () => {
    const pair = ['{"a":[9007199254740993]}', '{"a":9007199254740992}'] as const;

    expect(await excuseFor(pair, miss, (same) => ({ ...same, unstable: true }))).toBeUndefined();
  });

  test("if the engine judges the parts of a pattern otherwise than the whole", async () => {
    const mixesUp: Engine = (pattern) =>
      /wildcard.*ignore-case/.test(pattern) ? { judge: () => ({ answer: "true" }) } : ownEngine(pattern);
    const pair = ['{"a":[{"wildcard":"*a"},{"equals-ignore-case":"a"}]}', '{"a":"b"}'] as const;

    expect(await excuseFor(pair, miss, undefined, mixesUp)).toBeUndefined();
  });
});
