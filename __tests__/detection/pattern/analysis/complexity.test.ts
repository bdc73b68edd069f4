import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import { complexityOf, MAX_COMPLEXITY } from "../../../../detection/pattern/analysis/complexity";
import { CAP, readComplexities } from "../../../conformance/complexities";
import { REPOSITORY } from "../../../repository";

const recorded = readComplexities(join(REPOSITORY, "__tests__", "fixtures", "engine", "complexity.jsonl"));

function wildcards(...texts: readonly string[]): readonly object[] {
  return texts.map((wildcard) => ({ wildcard }));
}

describe("complexity", () => {
  test.each(recorded)("is what event-ruler counts: $complexity of $pattern", ({ pattern, complexity }) => {
    expect(complexityOf(JSON.parse(pattern), CAP)).toBe(complexity);
  });

  test.each(catalogue)("of a shipped pattern is nothing that EventBridge refuses: $id", ({ pattern }) => {
    expect(complexityOf(pattern)).toBeLessThanOrEqual(MAX_COMPLEXITY);
  });

  test("is beyond the limit where EventBridge is known to have refused, within it where it has not", () => {
    const stacks = ["Api", "Web", "Shared", "Monitoring"].map((name) => `*:stack/${name}Stack/*`);
    const images = ["bif", "tif", "tiff", "svs"].map((ending) => `*/datasync/*.${ending}`);

    expect(complexityOf({ a: wildcards(...stacks) })).toBeGreaterThan(MAX_COMPLEXITY);
    expect(complexityOf({ a: wildcards(...images) })).toBeGreaterThan(MAX_COMPLEXITY);
    expect(complexityOf({ a: wildcards(...stacks.slice(1)) })).toBeLessThanOrEqual(MAX_COMPLEXITY);
    expect(complexityOf({ a: wildcards(...images.slice(2)) })).toBeLessThanOrEqual(MAX_COMPLEXITY);
  });

  test("of many stars is found out in no time", () => {
    const texts = Array.from({ length: 60 }, (_, index) => `*${String.fromCharCode(97 + (index % 26))}*${index}*`);

    expect(complexityOf({ a: wildcards(...texts) })).toBe(MAX_COMPLEXITY + 1);
  });

  test("grows with the stars of a text, and never beyond the cap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 40 }), (stars, cap) => {
        expect(complexityOf({ a: wildcards(`${"*a".repeat(stars)}*`) }, cap)).toBe(Math.min(2 * stars + 1, cap));
      }),
    );
  });
});
