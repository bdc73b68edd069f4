import { describe, expect, test } from "@jest/globals";
import { endOfFolded, fold, startOfFolded } from "../../../detection/pattern/ignore-case";

describe("fold", () => {
  test("gives no unit two spellings of which one begins or ends with the other: the first that fits is the only one", () => {
    const ambiguous: string[] = [];
    for (let unit = 0; unit <= 0xffff; unit++) {
      const [first = "", second] = fold(String.fromCharCode(unit))[0] ?? [];
      if (second === undefined) continue;
      const [short, long] = [first, second].sort((a, b) => a.length - b.length) as [string, string];
      if (long.startsWith(short) || long.endsWith(short)) ambiguous.push(unit.toString(16));
    }

    expect(ambiguous).toEqual([]);
  });

  test("knows the two cases of a unit, not the unit itself where it is neither", () => {
    expect(fold("aÉ1ǅß")).toEqual([["a", "A"], ["é", "É"], ["1"], ["ǆ", "Ǆ"], ["ß", "SS"]]);
  });

  test("turns what is outside the basic plane into question marks", () => {
    expect(fold("😀")).toEqual([["?"], ["?"]]);
  });
});

describe("a folded text", () => {
  test("ends where its last unit does", () => {
    expect(endOfFolded(fold("straße"), "STRASSE 5", 0)).toBe(7);
    expect(endOfFolded(fold("straße"), "strasse 5", 0)).toBe(-1);
  });

  test("begins where its first unit does", () => {
    expect(startOfFolded(fold("aße"), "strASSe")).toBe(3);
    expect(startOfFolded(fold("longer"), "er")).toBe(-1);
  });
});
