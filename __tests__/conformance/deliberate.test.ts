import { describe, expect, test } from "@jest/globals";
import { DELIBERATE } from "./deliberate";
import { parseTree } from "./tree/parse-tree";
import { write } from "./tree/tree";

/** What is left of the pair without that thing: patterns and events, the same pair where there is nothing of the kind. */
function without(id: string, pattern: string, event: string): readonly (readonly [string, string])[] {
  const deliberate = DELIBERATE.find((one) => one.id === id);
  if (!deliberate) throw new Error(`nothing deliberate is called ${id}`);
  const pair = { pattern: parseTree(pattern), event: parseTree(event) };
  const whole = deliberate.without?.(pair) ?? pair;
  const parts = deliberate.apart?.(whole) ?? [whole];
  return parts.map((part) => [write(part.pattern), write(part.event)] as const);
}

describe("without what it is about, a deliberate disagreement is", () => {
  test.each([
    [
      "digits",
      '{"a":[9007199254740993,1e309]}',
      '{"a":[-1e400,3.0]}',
      '{"a":[9007199254740992,1.5e300]}',
      '{"a":[-1.5e300,3.0]}',
    ],
    [
      "duplicate-keys",
      String.raw`{"a":[1],"b":[2],"\u0061":[3]}`,
      '{"a":{"b":1,"b":2}}',
      '{"a":[3],"b":[2]}',
      '{"a":{"b":2}}',
    ],
    [
      "key-order",
      '{"$or":[{"1":[1]},{"a":[2]}],"10":[3],"1":[4],"01":[5]}',
      "{}",
      '{"1":[4],"10":[3],"$or":[{"1":[1]},{"a":[2]}],"01":[5]}',
      "{}",
    ],
    [
      "or-as-field",
      '{"$or":["a"],"$or.b":["$or"]}',
      '{"$or":"$or"}',
      '{"$other":["a"],"$other.b":["$or"]}',
      '{"$other":"$or"}',
    ],
    [
      "empty-list",
      '{"a":["x",{"anything-but":{"prefix":[]}}],"b":[]}',
      "{}",
      '{"a":["x",{"anything-but":{"prefix":["no event has this text"]}}],"b":[]}',
      "{}",
    ],
    [
      "surrogates",
      String.raw`{"\ud83d":["\ud83d\ude00x\ude00"]}`,
      String.raw`{"?":"\ud800"}`,
      '{"?":["😀x?"]}',
      '{"?":"?"}',
    ],
    [
      "mask-digits",
      '{"a":[{"cidr":"10.0.0.0/٨"},{"cidr":"::/1𝟞"}]}',
      "{}",
      '{"a":[{"cidr":"10.0.0.0/8"},{"cidr":"::/16"}]}',
      "{}",
    ],
    [
      "number-as-address",
      '{"a":[{"cidr":"10.0.0.0/8"}]}',
      '{"a":[3e2,-0]}',
      '{"a":[{"cidr":"10.0.0.0/8"}]}',
      '{"a":[300,0]}',
    ],
    [
      "largest-bound",
      '{"a":[{"numeric":["<",1.7976931348623157e308]}]}',
      "{}",
      '{"a":[{"numeric":["<",1.7976931348623155e308]}]}',
      "{}",
    ],
  ])("%s: %s and %s", (id, pattern, event, otherPattern, otherEvent) => {
    expect(without(id, pattern, event)).toEqual([[otherPattern, otherEvent]]);
  });

  test.each([
    ["or-overlap", '{"$or":[{"a":["x"]},{"a":["y","x"]}],"b":[1]}', ['{"a":["x"],"b":[1]}', '{"a":["y","x"],"b":[1]}']],
    [
      "mixed-wildcard",
      '{"a":{"b":[{"wildcard":"*a"},"x",{"equals-ignore-case":"a"}]}}',
      ['{"a.b":[{"wildcard":"*a"}]}', '{"a.b":["x",{"equals-ignore-case":"a"}]}'],
    ],
    [
      "mixed-wildcard",
      String.raw`{"$or":[{"a":[{"wildc\u0061rd":"*a"}]},{"a":[{"suffix":"a"}]}]}`,
      [String.raw`{"a":[{"wildc\u0061rd":"*a"}]}`, '{"a":[{"suffix":"a"}]}'],
    ],
    [
      "repeated-star",
      '{"a":["x",{"anything-but":{"wildcard":["*a","*"]}}],"$or":[{"b":[1]},{"b":[2]}]}',
      [
        '{"a":["x",{"anything-but":{"wildcard":["*a","*"]}}],"b":[1]}',
        '{"a":["x",{"anything-but":{"wildcard":["*a","*"]}}],"b":[2]}',
      ],
    ],
    [
      "number-as-address",
      '{"a":[1,{"cidr":"10.0.0.0/8"}]}',
      ['{"a":[1]}', '{"a":[{"cidr":"10.0.0.0/8"},{"numeric":["=",-98765.4321]}]}'],
    ],
  ])("%s: %s", (id, pattern, parts) => {
    expect(without(id, pattern, "{}")).toEqual(parts.map((part) => [part, "{}"]));
  });
});

test("without array-numbers empty arrays come first, where neither the engine nor a field sees them", () => {
  const found = without("array-numbers", '{"$or":[{"b.c":["x"]},{"d":["x"]}]}', '{"b":[{"c":[]}]}');

  expect(found[1]).toEqual(['{"$or":[{"b.c":["x"]},{"d":["x"]}]}', '{"b":[[],[]],"b":[{"c":[]}]}']);
});

describe("nothing is taken out of", () => {
  test.each(["1", "-0", "0.0e5", "300.0", "3e2", "0.30", "1E+2", "9007199254740991", "1e308", "123456789012345680000"])(
    "%s, which JSON.parse keeps",
    (number) => {
      expect(without("digits", '{"a":[1]}', `{"a":${number}}`)).toEqual([['{"a":[1]}', `{"a":${number}}`]]);
    },
  );

  test.each([
    ["duplicate-keys", '{"a":[1],"b":{"a":[1]}}', '{"a":{"b":1},"b":1}'],
    ["key-order", '{"1":[1],"2":[1],"a":[1],"01":[1],"4294967295":[1]}', "{}"],
    ["or-as-field", '{"a":["$or"],"$orx":["a"]}', "{}"],
    ["or-overlap", '{"$or":[{"a":["x"]},{"a":["y"]}]}', "{}"],
    ["or-overlap", '{"$or":[{"a":["x"]},{"a":["x"],"b":["y"]}]}', "{}"],
    ["mixed-wildcard", '{"a":[{"wildcard":"*a"}],"b":[{"equals-ignore-case":"a"}]}', "{}"],
    ["repeated-star", '{"a":[{"anything-but":{"wildcard":["*a","*b"]}}],"$or":[{"b":[1]},{"b":[2]}]}', "{}"],
    ["array-numbers", '{"a":[1]}', '{"a":[{"a":1}],"b":[]}'],
    ["number-as-address", '{"a":[1]}', '{"a":3e2}'],
    ["number-as-address", '{"a":[1],"b":["10.0.0.1"]}', '{"a":3}'],
  ])("what only looks like %s: %s", (id, pattern, event) => {
    expect(without(id, pattern, event)).toEqual([[pattern, event]]);
  });
});

test("each says why and where that is written down, and how to do without", () => {
  for (const { reason, record, without: whole, apart } of DELIBERATE) {
    expect([reason, record].every((text) => text.length > 10)).toBe(true);
    expect(whole ?? apart).toBeDefined();
  }
});
