import { about, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { at, blocks, hasUnknown, type Value, type Values } from "../plan/values";

const INDEX = "global_secondary_index";

export const tableIndex: Check = {
  id: "table-index",
  title: "Table index removed",
  why: "The function looks things up by the index, such as time windows that are due. Without it, summaries and digests are never sent.",
  remediation: "Keep the index. Remove it only after the code that queries it.",
  looksAt: { aws_dynamodb_table: [INDEX] },
  evaluate: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const left = indexes(sides.after);
    const lost = indexes(sides.before).filter((index) => !left.includes(index));
    if (lost.length === 0) return [];
    if (hasUnknown(sides.after[INDEX])) return [indeterminate(change, [INDEX])];
    return [about(change, [INDEX], true, "An index is removed, or recreated with other keys")];
  },
};

/** Name and keys: what those who ask the index need. */
function indexes(values: Values): readonly string[] {
  return blocks(values, INDEX).map((index) =>
    [at(index, "name"), keyOf(index, "HASH", "hash_key"), keyOf(index, "RANGE", "range_key")].map(text).join(" "),
  );
}

/** Newer providers have keys in blocks, which may be several of a kind. */
function keyOf(index: Value, kind: string, attribute: string): Value {
  const keys = blocks(index, "key_schema").filter((key) => at(key, "key_type") === kind);
  return keys.length > 0 ? keys.map((key) => at(key, "attribute_name") ?? "") : (at(index, attribute) ?? "");
}

function text(value: Value | undefined): string {
  return (Array.isArray(value) ? value : [value ?? ""]).map(String).join("+");
}
