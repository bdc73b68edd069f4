import { expect, test } from "@jest/globals";
import { processorMs } from "../../../../tools/bench/scan/jq";

test("processor time is that of the shell's children, theirs and the system's on their behalf", () => {
  expect(processorMs("0m0.010s 0m0.020s\n1m2.345s 0m0.055s\n")).toBe(62_400);
});
