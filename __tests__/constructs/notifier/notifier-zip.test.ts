import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { notifierZipOf } from "../../../constructs/notifier/notifier-zip";
import { CHANNELS } from "../synthesize-stack";

describe("the notifier's zip", () => {
  const code = () => ({ "index.js": Buffer.from("exports.handler = () => {};") });

  test("holds code and channels: names of secrets, in the resolved form", () => {
    const zip = notifierZipOf({ channels: CHANNELS }, code);
    const files = unzipSync(readFileSync(String(zip?.path)));

    expect(Object.keys(files)).toEqual(["channels.json", "index.js"]);
    expect(JSON.parse(strFromU8(files["channels.json"] ?? new Uint8Array()))).toEqual(CHANNELS);
  });

  test("is none without channels, and no code is bundled", () => {
    const unasked = () => {
      throw new Error("bundled");
    };

    expect(notifierZipOf({ channels: [] }, unasked)).toBeUndefined();
  });

  test("is another one when a channel is", () => {
    const hash = (channels: typeof CHANNELS) => notifierZipOf({ channels }, code)?.hash;

    expect(hash(CHANNELS)).toBe(hash(CHANNELS));
    expect(hash(CHANNELS.slice(1))).not.toBe(hash(CHANNELS));
  });
});
