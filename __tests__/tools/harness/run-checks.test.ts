import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { runChecks } from "../../../tools/harness/run-checks";

let lines: string[];
beforeEach(() => {
  lines = [];
  jest.spyOn(console, "log").mockImplementation((line) => lines.push(String(line).replace(/\(\d+\.\d s\)/, "(time)")));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const SECTIONS = [
  ["First", [{ name: "one" }, { name: "broken" }]],
  ["Second", [{ name: "another one" }]],
] as const;
const run = async ({ name }: { readonly name: string }) => {
  if (name === "broken") throw new Error("first line\nsecond line");
};

test("a check that doesn't hold is told with its reason, and the others run all the same", async () => {
  expect(await runChecks(SECTIONS, [], run)).toBe(1);
  expect(lines).toEqual([
    "First",
    "  ✓ one (time)",
    "  ✗ broken\n      first line\n      second line",
    "Second",
    "  ✓ another one (time)",
    "2 checks hold, 1 don't",
  ]);
});

test("checks are picked by a part of their name", async () => {
  expect(await runChecks(SECTIONS, ["another", "none such"], run)).toBe(0);
  expect(lines).toEqual(["Second", "  ✓ another one (time)", "1 checks hold"]);
});

test("picking none is no success", async () => {
  expect(await runChecks(SECTIONS, ["none such"], run)).toBe(1);
  expect(lines).toEqual(["0 checks hold"]);
});
