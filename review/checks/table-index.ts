import { about, cannotTell, pair } from "../judging/attribute";
import { at, blocks, hasUnknown, type Values } from "../plan/values";
import type { Check } from "./check";

const INDEX = "global_secondary_index";

export const tableIndex: Check = {
  id: "table-index",
  title: "A table whose index goes",
  why: "What the function looks up by the index, such as the windows that are due to be closed, it finds no more: summaries and digests are never sent.",
  mend: "Leave the index; take it away after the code that asks for it.",
  looksAt: { aws_dynamodb_table: [INDEX] },
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const left = indexes(sides.after);
    const lost = indexes(sides.before).filter((index) => !left.includes(index));
    if (lost.length === 0) return [];
    if (hasUnknown(sides.after[INDEX])) return [cannotTell(change, [INDEX])];
    return [about(change, [INDEX], true, "An index goes, or is made anew with other keys")];
  },
};

/** Name and keys: what those who ask the index need. */
function indexes(values: Values): readonly string[] {
  return blocks(values, INDEX).map((index) =>
    ["name", "hash_key", "range_key"].map((name) => String(at(index, name) ?? "")).join(" "),
  );
}
