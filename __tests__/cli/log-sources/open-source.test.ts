import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openSource, UnreadableSource } from "../../../cli/log-sources/open-source";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-open-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function chunks(path: string, bytes: number): Promise<readonly Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const chunk of openSource({ kind: "file", path, bytes })) all.push(chunk);
  return all;
}

test.each([
  ["a small file", 20_000, 20_000],
  ["a large one", 3_000_000, 3_000_000],
  ["one that has grown since it was found", 3_000_000, 10],
  ["one whose size nobody knew, such as a pipe", 20_000, 0],
  ["an empty one", 0, 0],
])("the bytes of %s arrive as they lie there", async (_, size, found) => {
  const bytes = Buffer.from(Array.from({ length: size }, (_, index) => (index * 7919) % 251));
  const path = join(folder, "log");
  writeFileSync(path, bytes);

  expect(Buffer.concat(await chunks(path, found)).equals(bytes)).toBe(true);
});

test("a large file is not held in memory as a whole", async () => {
  const path = join(folder, "large");
  writeFileSync(path, Buffer.alloc(5_000_000));

  expect(Math.max(...(await chunks(path, 5_000_000)).map(({ length }) => length))).toBeLessThanOrEqual(256 * 1024);
});

test.each([
  ["small", 10],
  ["large", 10_000_000],
])("a %s file that is gone by now says so", async (_, bytes) => {
  const error = await chunks(join(folder, "gone.json"), bytes).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(UnreadableSource);
  expect((error as Error).message).toBe("no such file or folder");
});

test("standard input can be read in a worker thread", () => {
  const { stdout } = spawnSync(process.execPath, ["--require", "tsx/cjs", join(__dirname, "read-in-worker.ts")], {
    input: Buffer.alloc(1_000_000, "a"),
    encoding: "utf8",
  });

  expect(stdout).toBe("1000000");
});
