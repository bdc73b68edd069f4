import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { type Choice, PACKS, switchedOn } from "../../../detection/definition/switched-on";

const [any] = catalogue as readonly [Detection];
const { pack: _, ...plain } = any;
const made: readonly Detection[] = [
  { ...plain, id: "plain", cis: [] },
  { ...plain, id: "plain-of-cis", cis: ["4.1"] },
  { ...plain, id: "of-cis", cis: ["4.12"], pack: "cis" },
  { ...plain, id: "noisy", cis: [], pack: "strict" },
  { ...plain, id: "noisy-of-cis", cis: ["4.8"], pack: "strict" },
  { ...plain, id: "ours", cis: [], pack: "own" },
];

function on(packs: Choice["packs"], disabledDetections: readonly string[] = []): readonly string[] {
  return switchedOn(made, { packs, disabledDetections }).map(({ id }) => id);
}

describe("switchedOn", () => {
  test.each<[Choice["packs"], readonly string[]]>([
    [[], ["ours"]],
    [["default"], ["plain", "plain-of-cis", "ours"]],
    [["cis"], ["plain-of-cis", "of-cis", "noisy-of-cis", "ours"]],
    [
      ["default", "cis"],
      ["plain", "plain-of-cis", "of-cis", "noisy-of-cis", "ours"],
    ],
    [["strict"], made.map(({ id }) => id)],
    [["cis", "default", "strict", "cis"], made.map(({ id }) => id)],
  ])("of packs %j takes %j, in the catalogue's order", (packs, ids) => {
    expect(on(packs)).toEqual(ids);
  });

  test("takes away what is disabled, one's own too", () => {
    expect(on(["strict"], ["of-cis", "ours", "not-there"])).toEqual(["plain", "plain-of-cis", "noisy", "noisy-of-cis"]);
  });

  test("of all packs takes everything that ships, each detection once", () => {
    expect(switchedOn(catalogue, { packs: PACKS, disabledDetections: [] })).toEqual(catalogue);
  });
});
