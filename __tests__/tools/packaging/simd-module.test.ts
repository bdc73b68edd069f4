import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { SIMD_MODULE, simdModule } from "../../../tools/packaging/simd-module";

test("the module that is checked in is the compiled source; if not: npm run build:simd", async () => {
  expect(readFileSync(SIMD_MODULE, "utf8")).toBe(await simdModule());
}, 60_000);
