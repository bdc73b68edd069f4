import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { baseline, type Entry, entry, ids, review } from "./plans";
import { type Json, WEAKNESSES, type Weakness } from "./weaknesses";

function put(values: Json, [step, ...rest]: readonly (string | number)[], value: Json): Json {
  if (step === undefined) return value;
  const copy = Array.isArray(values) ? [...values] : { ...(values as object) };
  (copy as Record<string | number, Json>)[step] = put(
    (values as Record<string | number, Json>)[step] ?? null,
    rest,
    value,
  );
  return copy as Json;
}

/** The baseline's plan, in which one attribute goes from one value to another, and everything has another address. */
function planOf(
  { address, path }: Weakness,
  before: Json,
  after: Json,
  renamed: (address: string) => string,
  tags: Json,
) {
  const resource_changes = baseline().map((each): Entry => {
    const values = each.change.before as Json;
    const at = renamed(each.address);
    if (each.address !== address) return entry(at, ["no-op"], values, values);
    const tagged = put(put(values, ["tags"], tags), path, after);
    return entry(at, ["update"], put(values, path, before), tagged);
  });
  return { format_version: "1.2", resource_changes };
}

const name = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/);
const index = fc.oneof(
  fc.constant(""),
  fc.nat(9).map((number) => `[${number}]`),
  fc.string({ maxLength: 6 }).map((text) => `[${JSON.stringify(text)}]`),
);
const renaming = fc
  .tuple(fc.array(fc.tuple(name, index), { maxLength: 2 }), name, index)
  .map(([modules, prefix, last]) => (address: string) => {
    const [, type, label] = /(aws_\w+)\.(\w+)/.exec(address) ?? [];
    return [...modules.map(([module, at]) => `module.${module}${at}`), type, `${prefix}${label}${last}`].join(".");
  });
const tags = fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 2 });

describe.each(
  WEAKNESSES.map((weakness) => [`${weakness.check} ${weakness.address} ${weakness.path.join(".")}`, weakness] as const),
)("%s", (_, weakness) => {
  const { check, address, safe, weak } = weakness;

  test("is refused when it becomes weaker", () => {
    fc.assert(
      fc.property(safe, weak, renaming, tags, (before, after, renamed, tagged) => {
        const { refused } = review(planOf(weakness, before, after, renamed, tagged));

        expect(ids(refused)).toContain(`${renamed(address)}#${check}`);
      }),
      { numRuns: 15 },
    );
  });

  test("is not refused when it becomes stronger", () => {
    fc.assert(
      fc.property(weak, safe, renaming, tags, (before, after, renamed, tagged) => {
        const { refused } = review(planOf(weakness, before, after, renamed, tagged));

        expect(ids(refused)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test("is not refused when it stays weak", () => {
    fc.assert(
      fc.property(weak, renaming, tags, (value, renamed, tagged) => {
        expect(ids(review(planOf(weakness, value, value, renamed, tagged)).refused)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
