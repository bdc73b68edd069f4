import type { Random } from "../../../tools/random";
import { parseTree } from "../tree/parse-tree";
import { type Entry, entry, fields, list, type Tree } from "../tree/tree";

/** Conditions that are wrong in one way; a few only look so. */
const CONDITIONS: readonly string[] = [
  ...`{}|[]|["a"]|{"a":["b"]}|{"regex":"a"}|{"Prefix":"a"}|{"not":"a"}|{"equals":"a"}|{"$or":[{"a":["b"]},{"c":["d"]}]}`.split(
    "|",
  ),
  ...`{"prefix":"a","suffix":"b"}|{"exists":true,"exists":false}|{"anything-but":"a","prefix":"b"}|{"numeric":["=",1],"a":1}`.split(
    "|",
  ),
  ...`{"prefix":1}|{"prefix":null}|{"prefix":["a"]}|{"prefix":{"suffix":"a"}}|{"prefix":{}}|{"prefix":{"wildcard":"a*"}}`.split(
    "|",
  ),
  ...`{"prefix":{"equals-ignore-case":["a"]}}|{"prefix":{"equals-ignore-case":"a","x":"b"}}|{"prefix":{"equals-ignore-case":1}}`.split(
    "|",
  ),
  ...`{"suffix":true}|{"suffix":[]}|{"suffix":{"prefix":"a"}}|{"suffix":{"equals-ignore-case":["a"]}}|{"suffix":{}}`.split(
    "|",
  ),
  ...`{"equals-ignore-case":1}|{"equals-ignore-case":["a"]}|{"equals-ignore-case":null}|{"equals-ignore-case":{}}`.split(
    "|",
  ),
  ...`{"exactly":1}|{"exactly":["a"]}|{"exactly":null}|{"exists":"true"}|{"exists":1}|{"exists":null}|{"exists":[true]}`.split(
    "|",
  ),
  ...`{"wildcard":"**"}|{"wildcard":"a**b"}|{"wildcard":"***"}|{"wildcard":"a\\\\b"}|{"wildcard":"\\\\"}|{"wildcard":"*\\\\"}`.split(
    "|",
  ),
  ...`{"wildcard":"*\\\\**"}|{"wildcard":"\\\\**"}|{"wildcard":"\\\\\\\\*"}|{"wildcard":1}|{"wildcard":["a"]}|{"wildcard":{}}`.split(
    "|",
  ),
  ...`{"anything-but":[]}|{"anything-but":["a",1]}|{"anything-but":[1,"a"]}|{"anything-but":null}|{"anything-but":true}`.split(
    "|",
  ),
  ...`{"anything-but":[null]}|{"anything-but":["a",null]}|{"anything-but":[true]}|{"anything-but":["a",["b"]]}|{"anything-but":{}}`.split(
    "|",
  ),
  ...`{"anything-but":[{"prefix":"a"}]}|{"anything-but":{"numeric":["=",1]}}|{"anything-but":{"cidr":"10.0.0.0/8"}}`.split(
    "|",
  ),
  ...`{"anything-but":{"exists":true}}|{"anything-but":{"anything-but":"a"}}|{"anything-but":{"exactly":"a"}}`.split(
    "|",
  ),
  ...`{"anything-but":{"prefix":""}}|{"anything-but":{"suffix":""}}|{"anything-but":{"prefix":["a",""]}}|{"anything-but":{"suffix":[""]}}`.split(
    "|",
  ),
  ...`{"anything-but":{"prefix":[]}}|{"anything-but":{"suffix":[]}}|{"anything-but":{"wildcard":[]}}|{"anything-but":{"equals-ignore-case":[]}}`.split(
    "|",
  ),
  ...`{"anything-but":{"prefix":1}}|{"anything-but":{"suffix":["a",1]}}|{"anything-but":{"equals-ignore-case":[1]}}|{"anything-but":{"wildcard":1}}`.split(
    "|",
  ),
  ...`{"anything-but":{"wildcard":"**"}}|{"anything-but":{"wildcard":["a*","\\\\"]}}|{"anything-but":{"equals-ignore-case":""}}`.split(
    "|",
  ),
  ...`{"anything-but":{"prefix":"a","suffix":"b"}}|{"anything-but":{"prefix":{"equals-ignore-case":"a"}}}|{"anything-but":""}`.split(
    "|",
  ),
  ...`{"anything-but":9007199254740993}|{"anything-but":[1,9007199254740993]}|{"anything-but":1e309}|{"anything-but":{"wildcard":""}}`.split(
    "|",
  ),
  ...`{"numeric":[]}|{"numeric":["="]}|{"numeric":["=",1,2]}|{"numeric":["=","1"]}|{"numeric":"="}|{"numeric":{"=":1}}|{"numeric":5}`.split(
    "|",
  ),
  ...`{"numeric":[">",5,"<",1]}|{"numeric":[">",1,"<",1]}|{"numeric":[">=",1,"<=",1]}|{"numeric":["<",1,">",0]}|{"numeric":[">",1,">",2]}`.split(
    "|",
  ),
  ...`{"numeric":["=",1,"=",1]}|{"numeric":["==",1]}|{"numeric":["!=",1]}|{"numeric":[1,"="]}|{"numeric":[">",1,"<"]}|{"numeric":[null]}`.split(
    "|",
  ),
  ...`{"numeric":[">",1,"<",2,"<",3]}|{"numeric":["<",9007199254740993]}|{"numeric":["=",1e309]}|{"numeric":[[">",1]]}`.split(
    "|",
  ),
  ...`{"numeric":[">",1,"<","5"]}|{"numeric":[">=",0,"<=",-0]}|{"numeric":["<",1,"<",2]}|{"numeric":["=",true]}|{"numeric":[">",1,null,2]}`.split(
    "|",
  ),
  ...`{"cidr":"10.0.0.0"}|{"cidr":"/8"}|{"cidr":"10.0.0.0/"}|{"cidr":"10.0.0.0/32"}|{"cidr":"10.0.0.0/33"}|{"cidr":"10.0.0.0/-1"}`.split(
    "|",
  ),
  ...`{"cidr":"10.0.0.0/ 8"}|{"cidr":"10.0.0.0/+8"}|{"cidr":"10.0.0.0/08"}|{"cidr":"10.0.0.0/8/"}|{"cidr":"10.0.0.0/8/9"}|{"cidr":"10.0.0.0//8"}`.split(
    "|",
  ),
  ...`{"cidr":"10.0.0/8"}|{"cidr":"::/128"}|{"cidr":"::/129"}|{"cidr":"x/8"}|{"cidr":"10.0.0.256/8"}|{"cidr":"10.0.0.0/8.0"}|{"cidr":"/"}`.split(
    "|",
  ),
  ...`{"cidr":["10.0.0.0/8"]}|{"cidr":8}|{"cidr":""}|{"cidr":"10.0.0.0/٨"}|{"cidr":":/8"}|{"cidr":"::ffff:10.0.0.0/8"}|{"cidr":"::1/0x8"}`.split(
    "|",
  ),
];

/** What stands where a field's list should. */
const LEAVES: readonly string[] = [`"x"`, "null", "5", "true", "{}", "[]", "[[]]", `{"prefix":"a"}`];

/** What stands where the alternatives of `$or` should. */
const ALTERNATIVES: readonly string[] = [
  ...`[]|[{"a":["x"]}]|{}|{"a":["x"]}|"x"|null|["x"]|["x","y"]|[{},{}]|[{"a":["x"]},{}]|[{"a":["x"]},"y"]|[{"a":["x"]},[]]`.split(
    "|",
  ),
  ...`[{"prefix":"a"},{"suffix":"b"}]|[{"prefix":["a"]},{"b":["x"]}]|[{"exists":true},{"a":["x"]}]|[{"a":"x"},{"b":["x"]}]`.split(
    "|",
  ),
  ...`[{"numeric":{"a":["x"]}},{"b":["x"]}]|[{"=":["a"]},{"regex":["b"]}]|[{"$or":[{"a":["x"]}]},{"b":["x"]}]|[{"a":{"prefix":["x"]}},{"b":["y"]}]`.split(
    "|",
  ),
];

const WHOLES: readonly string[] = ["{}", "[]", `"x"`, "null", `[{"a":["x"]}]`, `{"a":{}}`, `{"a":{"b":{}}}`];

/** Makes one mistake in a pattern that is right so far. */
export function spoil(random: Random, pattern: Tree): Tree {
  const pick = (trees: readonly string[]): Tree => parseTree(random.pick(trees));
  return random.weighted<() => Tree>([
    [12, () => changeLeaf(random, pattern, (items) => insert(random, items, pick(CONDITIONS)))],
    [2, () => changeLeaf(random, pattern, () => pick(LEAVES))],
    [2, () => addField(random, pattern, entry("$or", pick(ALTERNATIVES)))],
    [1, () => pick(WHOLES)],
  ])();
}

function insert(random: Random, items: readonly Tree[], item: Tree): Tree {
  if (random.chance(0.6)) return list(item);
  return list(...(random.chance(0.5) ? [item, ...items] : [...items, item]));
}

/** Puts something else in the place of one field's list. */
function changeLeaf(random: Random, pattern: Tree, change: (items: readonly Tree[]) => Tree): Tree {
  let left = random.below(Math.max(1, countLeaves(pattern)));
  const visit = (tree: Tree, alternatives: boolean): Tree => {
    if (tree.type === "object") {
      return fields(
        ...tree.entries.map(({ key, value }): Entry => ({ key, value: visit(value, key.value === "$or") })),
      );
    }
    if (tree.type !== "array") return tree;
    if (alternatives) return list(...tree.items.map((item) => visit(item, false)));
    return left-- === 0 ? change(tree.items) : tree;
  };
  return visit(pattern, false);
}

function countLeaves(tree: Tree, alternatives = false): number {
  if (tree.type === "object") {
    return tree.entries.reduce((sum, { key, value }) => sum + countLeaves(value, key.value === "$or"), 0);
  }
  if (tree.type !== "array") return 0;
  return alternatives ? tree.items.reduce((sum, item) => sum + countLeaves(item), 0) : 1;
}

function addField(random: Random, pattern: Tree, added: Entry): Tree {
  if (pattern.type !== "object") return pattern;
  return fields(...(random.chance(0.5) ? [added, ...pattern.entries] : [...pattern.entries, added]));
}
