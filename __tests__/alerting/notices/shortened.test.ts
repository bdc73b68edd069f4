import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { shortened } from "../../../alerting/notices/shortened";
import { anyCharacter } from "../../any-character";

describe("shortened", () => {
  test("cuts texts and lists, however deep, and leaves the rest", () => {
    const json = {
      text: "x".repeat(500),
      list: Array(500).fill("y"),
      deep: [{ text: "z".repeat(500) }],
      n: 7,
      no: null,
      yes: true,
    };

    expect(shortened(json, 200)).toEqual({
      text: `${"x".repeat(199)}…`,
      list: ["y", "y"],
      deep: [{ text: `${"z".repeat(199)}…` }],
      n: 7,
      no: null,
      yes: true,
    });
  });

  test("keeps one item of a list at least", () => {
    expect(shortened({ list: [1, 2, 3] }, 50)).toEqual({ list: [1] });
  });

  test("changes nothing that is short enough", () => {
    const json = { text: "x".repeat(4_000), list: Array(40).fill({ a: [1] }) };

    expect(shortened(json, 4_000)).toEqual(json);
  });

  test("cuts no character in two", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 60 }), (text) => {
        const { cut } = shortened({ cut: text }, 50) as { cut: string };

        expect(cut).not.toMatch(/[\uD800-\uDFFF]/u);
        expect(cut).toMatch(/…$/);
        expect(cut.length).toBeLessThanOrEqual(50);
      }),
    );
  });
});
