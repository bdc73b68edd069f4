import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { findChromium, NoBrowser } from "./find-chromium";

const FOLDER = mkdtempSync(join(tmpdir(), "trailwarden-chromium-"));
const EMPTY = mkdtempSync(join(tmpdir(), "trailwarden-chromium-"));

function program(name: string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, 0o755);
  return path;
}

afterAll(() => {
  rmSync(FOLDER, { recursive: true });
  rmSync(EMPTY, { recursive: true });
});

describe("findChromium", () => {
  const chrome = program("google-chrome");
  const own = program("my browser $(false)");

  test("takes the first of the usual names that is on the PATH", () => {
    expect(findChromium({ PATH: FOLDER })).toBe(chrome);
    const chromium = program("chromium");
    expect(findChromium({ PATH: FOLDER })).toBe(chromium);
  });

  test("takes what CHROMIUM_PATH names before any, by path or by name", () => {
    expect(findChromium({ PATH: FOLDER, CHROMIUM_PATH: own })).toBe(own);
    expect(findChromium({ PATH: FOLDER, CHROMIUM_PATH: "google-chrome" })).toBe(chrome);
  });

  test("says what to do where there is none", () => {
    expect(() => findChromium({ PATH: EMPTY })).toThrow(NoBrowser);
    expect(() => findChromium({ PATH: EMPTY })).toThrow(
      "install one (Debian: apt-get install chromium), or say where it is",
    );
    expect(() => findChromium({ PATH: FOLDER, CHROMIUM_PATH: join(FOLDER, "none") })).toThrow(
      /CHROMIUM_PATH is .*none", which is no program/,
    );
  });
});
