import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_PACK } from "../../../../tools/bench/logs/default-pack";
import { logFile, logText } from "../../../../tools/bench/logs/log-file";
import { type ContenderName, contenderOf, GUNZIPS, type Source } from "../../../../tools/bench/scan/contenders";

const RECIPE = { seed: 5, records: 200, matching: 0.2 };
const FILE = logFile(RECIPE);

function run(contender: ContenderName, file: Source) {
  return contenderOf({ name: contender, contender, detections: DEFAULT_PACK })(file);
}

function stream(): Source {
  return Readable.from([FILE.subarray(0, 1_000), FILE.subarray(1_000)]);
}

describe("gunzip alone", () => {
  test.each(GUNZIPS)("%s gets at every byte", async (contender) => {
    expect(await run(contender, FILE)).toEqual({ bytes: logText(RECIPE).length });
  });

  test("takes a file bit by bit, and says when it is damaged", async () => {
    expect(await run("gunzip 64 KB", stream())).toEqual({ bytes: logText(RECIPE).length });
    await expect(run("gunzip 64 KB", FILE.subarray(0, -20))).rejects.toThrow("unexpected end of file");
  });
});

test("JSON.parse finds the records", async () => {
  expect(await run("parse", FILE)).toEqual({ records: 200 });
});

describe("matching", () => {
  test.each(["parse and match", "ours"] as const)("%s finds what the recipe says", async (contender) => {
    const outcome = await run(contender, FILE);

    expect(outcome).toMatchObject({ records: 200, matching: 40 });
    expect(outcome.matches).toBeGreaterThanOrEqual(40);
  });

  test("ours finds the same as JSON.parse, in a file bit by bit too", async () => {
    const expected = await run("parse and match", FILE);

    expect(await run("ours", FILE)).toEqual(expected);
    expect(await run("ours", stream())).toEqual(expected);
  });
});
