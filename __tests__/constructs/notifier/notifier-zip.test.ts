import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { notifierZipOf } from "../../../constructs/notifier/notifier-zip";
import { CHANNELS } from "../synthesize-stack";

describe("the notifier's zip", () => {
  const code = () => ({ "index.js": Buffer.from("exports.handler = () => {};") });

  test("holds code and nothing of the channels, which a plan must show", () => {
    const zip = notifierZipOf({ channels: CHANNELS }, code);

    expect(Object.keys(unzipSync(readFileSync(String(zip?.path))))).toEqual(["index.js"]);
  });

  test("is none without channels, and no code is bundled", () => {
    const unasked = () => {
      throw new Error("bundled");
    };

    expect(notifierZipOf({ channels: [] }, unasked)).toBeUndefined();
  });

  test("is the same one whatever the channels are", () => {
    const hash = (channels: typeof CHANNELS) => notifierZipOf({ channels }, code)?.hash;

    expect(hash(CHANNELS.slice(1))).toBe(hash(CHANNELS));
  });
});
