import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { evaluateFile } from "../../../../cli/replay/evaluate/evaluate-file";
import { RecordEvaluator } from "../../../../cli/replay/evaluate/record-evaluator";
import { folderOf, plan, setup } from "../logs";

test("what has no end, and says no size, is given up where it goes wrong", async () => {
  // Of a pipe or a device, as of /dev/zero, the system says that it has 0 bytes.
  const folder = folderOf({ zero: Buffer.alloc(20 * 1024 ** 2) });
  const source = { kind: "file", path: join(folder, "zero"), bytes: 0 } as const;
  const handed: number[] = [];

  try {
    const { verdict, bytes } = await evaluateFile(source, 0, new RecordEvaluator(plan(setup([]))), async (some) => {
      handed.push(some.bytes);
    });

    expect(verdict.problem).toMatch(/unexpected byte 0x00 at position 0/);
    expect(handed).toEqual([]);
    expect(bytes).toBeLessThan(1024 ** 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("what is no log file as it lies there", () => {
  const records = JSON.stringify({ Records: [] });
  test.each([
    ["UTF-16", Buffer.from(`\ufeff${records}`, "utf16le"), "convert it to UTF-8"],
    ["a zip archive", Buffer.from("PK\x03\x04\x14\0"), "unpack it"],
    ["compressed with zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4]), "decompress it"],
    ["encrypted with PGP", Buffer.from("-----BEGIN PGP MESSAGE-----\n"), "decrypt it"],
  ])("is named: %s", async (what, content, how) => {
    const folder = folderOf({ "a.json": content });
    const source = { kind: "file", path: join(folder, "a.json"), bytes: content.length } as const;

    try {
      const { verdict } = await evaluateFile(source, 0, new RecordEvaluator(plan(setup([]))), async () => {});

      expect(verdict.problem).toContain(`it is ${what}`);
      expect(verdict.problem).toContain(how);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
