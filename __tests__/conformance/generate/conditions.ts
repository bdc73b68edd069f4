import type { Random } from "../../../tools/random";
import { type Literal, list, literal, single, type Tree, text } from "../tree/tree";
import { anyAddress, anyNetwork, nextAddress, sameAddress } from "./addresses";
import { anyNumber, beside, inOrder, sameNumber, sensibleNumber } from "./numbers";
import { anyString, nearby, otherCase, plainString } from "./strings";
import { fill, wildcard } from "./wildcards";

/** One way for a field to match, with values that likely do and values that likely don't. */
export interface Condition {
  readonly tree: Tree;
  readonly hits: readonly Tree[];
  readonly misses: readonly Tree[];
  /** No value at all is what it asks for. */
  readonly absent?: boolean;
}

const LITERALS = ["true", "false", "null"];

/** A value of any type. */
export function anyScalar(random: Random): Tree {
  return random.weighted<() => Tree>([
    [5, () => text(anyString(random))],
    [3, () => anyNumber(random)],
    [2, () => literal(random.pick(LITERALS))],
    [1, () => text(anyAddress(random))],
  ])();
}

export function anyCondition(random: Random): Condition {
  return random.weighted<(random: Random) => Condition>([
    [8, exactText],
    [5, exactNumber],
    [3, exactLiteral],
    [4, address],
    [4, prefix],
    [4, suffix],
    [4, equalsIgnoreCase],
    [5, wildcardCondition],
    [5, numeric],
    [4, cidr],
    [4, exists],
    [8, anythingBut],
    [1, exactly],
  ])(random);
}

function exactText(random: Random): Condition {
  const value = anyString(random);
  return { tree: text(value), hits: [text(value)], misses: [text(nearby(random, value)), unquoted(random, value)] };
}

/** The literal that the string looks like. */
function unquoted(random: Random, value: string): Tree {
  return /^(true|false|null|0|[1-9]\d*)$/.test(value) ? literal(value) : anyScalar(random);
}

function exactNumber(random: Random): Condition {
  const value = anyNumber(random);
  return {
    tree: value,
    hits: [sameNumber(random, value)],
    misses: [text(value.text), beside(random, value, 1), anyNumber(random)],
  };
}

function exactLiteral(random: Random): Condition {
  const value = random.pick(LITERALS);
  return { tree: literal(value), hits: [literal(value)], misses: [text(value), literal(random.pick(LITERALS))] };
}

function address(random: Random): Condition {
  const value = anyAddress(random);
  return {
    tree: text(value),
    hits: [text(sameAddress(random, value))],
    misses: [text(nextAddress(random, value)), text(nearby(random, value)), text(anyAddress(random))],
  };
}

function exactly(random: Random): Condition {
  const value = random.chance(0.5) ? anyAddress(random) : anyString(random);
  return {
    tree: single("exactly", text(value)),
    hits: [text(value)],
    misses: [text(sameAddress(random, value)), text(nearby(random, value))],
  };
}

function prefix(random: Random): Condition {
  const start = random.chance(0.07) ? "" : plainString(random);
  const fold = random.chance(0.4);
  return {
    tree: single("prefix", fold ? single("equals-ignore-case", text(start)) : text(start)),
    hits: [text((fold ? otherCase(random, start) : start) + anyString(random)), text(start)],
    misses: [text(nearby(random, start) + anyString(random)), text(anyString(random) + start)],
  };
}

function suffix(random: Random): Condition {
  const end = random.chance(0.07) ? "" : plainString(random);
  const fold = random.chance(0.4);
  return {
    tree: single("suffix", fold ? single("equals-ignore-case", text(end)) : text(end)),
    hits: [text(anyString(random) + (fold ? otherCase(random, end) : end)), text(end)],
    misses: [text(anyString(random) + nearby(random, end)), text(end + anyString(random))],
  };
}

function equalsIgnoreCase(random: Random): Condition {
  const value = anyString(random);
  return {
    tree: single("equals-ignore-case", text(value)),
    hits: [text(otherCase(random, value)), text(value)],
    misses: [text(nearby(random, value)), anyScalar(random)],
  };
}

function wildcardCondition(random: Random): Condition {
  const pieces = wildcard(random);
  const filled = fill(random, pieces);
  return {
    tree: single("wildcard", text(pieces.pattern)),
    hits: [text(filled), text(fill(random, pieces))],
    misses: [text(nearby(random, filled)), text(pieces.pattern), anyScalar(random)],
  };
}

function numeric(random: Random): Condition {
  const [a, b] = [sensibleNumber(random), sensibleNumber(random)];
  const bound = (operator: string, value: Literal) => [text(operator), value];
  const one = random.pick(["=", "<", "<=", ">", ">="]);
  const two = random.chance(0.4) && (inOrder(a, b) || inOrder(b, a));
  const [low, high] = inOrder(a, b) ? [a, b] : [b, a];
  const terms = two
    ? [...bound(random.pick([">", ">="]), low), ...bound(random.pick(["<", "<="]), high)]
    : bound(one, a);
  const above = beside(random, two ? low : a, 1);
  const below = beside(random, two ? high : a, -1);
  const [hits, misses] = two || !one.startsWith("<") ? [[above], [below]] : [[below], [above]];
  return {
    tree: single("numeric", list(...terms)),
    hits: [...(one === "=" || one.endsWith("=") ? [sameNumber(random, a)] : []), ...(two ? [above, below] : hits)],
    misses: [...misses, sameNumber(random, two ? low : a), text(a.text), anyNumber(random), anyScalar(random)],
  };
}

function cidr(random: Random): Condition {
  const network = anyNetwork(random);
  return { tree: single("cidr", text(network.cidr)), hits: network.inside, misses: network.outside };
}

function exists(random: Random): Condition {
  const wanted = random.chance(0.4);
  const empty = [list(), { type: "object", entries: [] } as const];
  return wanted
    ? { tree: single("exists", literal("true")), hits: [anyScalar(random), literal("null")], misses: empty }
    : { tree: single("exists", literal("false")), hits: empty, misses: [anyScalar(random)], absent: true };
}

function anythingBut(random: Random): Condition {
  const others = [anyScalar(random), literal("null"), text(anyString(random))];
  const several = <Item>(make: () => Item): Item[] => random.times(random.pick([1, 1, 2, 3]), make);
  const operand = (values: readonly Tree[]): Tree => {
    const [first] = values;
    return values.length === 1 && first && random.chance(0.6) ? first : list(...values);
  };
  if (random.chance(0.25)) {
    const values = several(() => sensibleNumber(random));
    const refused = sameNumber(random, random.pick(values));
    return {
      tree: single("anything-but", operand(values)),
      hits: [...others, beside(random, refused, 1), text(refused.text)],
      misses: [refused],
    };
  }
  if (random.chance(0.35)) {
    const values = several(() => (random.chance(0.2) ? anyAddress(random) : anyString(random)));
    const refused = random.pick(values);
    return {
      tree: single("anything-but", operand(values.map(text))),
      hits: [...others, text(sameAddress(random, refused)), text(nearby(random, refused))],
      misses: [text(refused)],
    };
  }
  return anythingButPart(random, operand, several);
}

function anythingButPart(
  random: Random,
  operand: (values: readonly Tree[]) => Tree,
  several: <Item>(make: () => Item) => Item[],
): Condition {
  const [name, make, refuse] = random.pick<readonly [string, () => string, (value: string) => string]>([
    ["prefix", () => plainString(random), (value) => value + anyString(random)],
    ["suffix", () => plainString(random), (value) => anyString(random) + value],
    ["equals-ignore-case", () => anyString(random), (value) => otherCase(random, value)],
    ["wildcard", () => wildcard(random).pattern, (value) => fill(random, value)],
  ]);
  const values = several(make);
  const refused = refuse(random.pick(values));
  return {
    tree: single("anything-but", single(name, operand(values.map(text)))),
    hits: [anyScalar(random), text(nearby(random, refused)), literal("null"), text(anyString(random))],
    misses: [text(refused), text(refused)],
  };
}
