import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import { lintPattern } from "../../../../detection/pattern/analysis/lint";
import { parsePattern } from "../../../../detection/pattern/conjunctions";
import { propertyRuns } from "../../../property-runs";

const source = ["aws.iam"];

describe("lintPattern", () => {
  test.each(catalogue)("finds nothing in what is shipped: $id", ({ pattern }) => {
    expect(lintPattern(pattern)).toEqual([]);
  });

  test.each([
    [{ source, a: { b: ["x"] }, "a.b": ["y"] }, "asks for a.b twice"],
    [{ source, a: ["x"], $or: [{ b: ["y"] }, { a: ["z"] }] }, "asks for a twice"],
    [{ source, $or: [{ b: ["y"] }, { a: ["z"] }], a: ["x"] }, "asks for a twice"],
    [{ source, d: { $or: [{ a: ["y"] }, { b: ["z"] }], a: ["x"] } }, "asks for d.a twice"],
    [{ source, $or: [{ a: ["x"] }, { a: ["x", "y"] }] }, "alternatives of $or"],
    [{ source, a: [{ wildcard: "*a" }, { "equals-ignore-case": "a" }] }, "asks for a by wildcard"],
    [{ source, a: [{ wildcard: "*a" }, { prefix: { "equals-ignore-case": "a" } }] }, "asks for a by wildcard"],
    [{ source, a: [{ "anything-but": { wildcard: "*a" } }, { suffix: "a" }] }, "asks for a by wildcard"],
    [{ a: ["x"] }, "does not pin source"],
    [{ source: [{ "anything-but": "x" }] }, "does not pin source"],
    [{ source: ["aws.iam", { prefix: "" }] }, "does not pin source"],
    [{ source: [{ wildcard: "*iam" }] }, "does not pin source"],
    [{ source: [{ wildcard: "a*" }] }, "does not pin source"],
    [{ source: ["my.app"] }, "does not pin source"],
    [{ source: [{ prefix: "a" }] }, "does not pin source"],
    [{ source: [{ exists: false }] }, "does not pin source"],
    [{ $or: [{ source, a: ["x"] }, { b: ["x"] }] }, "does not pin source"],
  ])("finds what is wrong with %j", (pattern, problem) => {
    expect(lintPattern(pattern)).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    { source, $or: [{ a: ["x"] }, { a: ["y"] }] },
    {
      source,
      $or: [
        { a: ["x"], b: ["x"] },
        { a: ["x"], b: ["y"] },
      ],
    },
    { source, $or: [{ a: [{ wildcard: "*a" }] }, { a: [{ suffix: "a" }] }] },
    { source: [{ prefix: "aws." }, { wildcard: "aws.*" }] },
    { source: ["aws.iam", { "equals-ignore-case": "AWS.IAM" }] },
    { $or: [{ source }, { source: ["aws.sts"], a: ["x"] }] },
  ])("finds nothing in %j", (pattern) => {
    expect(lintPattern(pattern)).toEqual([]);
  });

  test("tells of a field that is asked for twice wherever the second one is left out of a conjunction", () => {
    const leaf = fc.constantFrom(["x"], ["y"]);
    const fields = fc.dictionary(fc.constantFrom("a", "b", "c", "a.b"), leaf, { minKeys: 1 });
    const nested = fc.dictionary(fc.constantFrom("a", "b"), fields, { minKeys: 1 });
    const pattern = fc.oneof(
      fc.tuple(fields, nested).map(([x, y]) => ({ ...x, ...y })),
      fc.tuple(fields, fields, fields).map(([x, y, z]) => ({ ...x, $or: [y, z] })),
      fc.tuple(fields, fields, fields).map(([x, y, z]) => ({ $or: [y, z], ...x })),
    );

    fc.assert(
      fc.property(pattern, (one) => {
        const fieldsAsked = parsePattern(one).reduce((sum, conjunction) => sum + conjunction.length, 0);
        const told = lintPattern(one).some((problem) => problem.includes("twice"));
        expect(told).toBe(fieldsAsked < leavesOf(one));
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});

/** How many fields the conjunctions would have if none was asked for twice. */
function leavesOf(node: object): number {
  const { $or = [{}], ...rest } = node as { readonly $or?: readonly object[] };
  const own = count(rest);
  return $or.reduce((sum, alternative) => sum + own + count(alternative), 0);
}

function count(node: object): number {
  return Object.values(node).reduce((sum, value) => sum + (Array.isArray(value) ? 1 : count(value as object)), 0);
}
