import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { bundleCache } from "../../../tools/packaging/bundle-cache";

let root: string;
let made: number;

function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

/** What is made says which time it was made. */
function make(): Readonly<Record<string, Uint8Array>> {
  made++;
  return {
    "index.js": Buffer.from(`index ${made}\n`),
    "sender.js": Buffer.from(`séndér ${made}`),
    "empty.js": Buffer.alloc(0),
  };
}

function bundle(): Readonly<Record<string, string>> {
  const cache = bundleCache(root);
  const files = cache.read() ?? cache.keep(make());
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString()]));
}

const FIRST = { "index.js": "index 1\n", "sender.js": "séndér 1", "empty.js": "" };
const KEPT = join("node_modules", ".cache", "trailwarden", "function.bin");

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "trailwarden-cache-"));
  made = 0;
  write("tools/packaging/bundle.ts", "options");
  write("node_modules/.package-lock.json", "versions");
  write("package.json", "{}");
  write("lambda-src/alert/handler.ts", "handler");
  write("alerting/tally.ts", "tally");
  write("config/function-environment/read.ts", "read");
  write("detection/events/json.ts", "json");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a bundle", () => {
  test("is kept: the same sources give the same bytes without making it again", () => {
    expect(bundle()).toEqual(FIRST);
    expect(bundle()).toEqual(FIRST);
    expect(made).toBe(1);
    expect(readdirSync(dirname(join(root, KEPT)))).toEqual(["function.bin"]);
  });

  test.each([
    ["a source has changed", () => write("detection/events/json.ts", "jsom")],
    ["the environment's reader has changed", () => write("config/function-environment/read.ts", "reads")],
    ["a source is new", () => write("alerting/new.ts", "")],
    ["a source is gone", () => rmSync(join(root, "detection/events/json.ts"))],
    [
      "a source has another name",
      () => {
        rmSync(join(root, "detection/events/json.ts"));
        write("detection/events/jason.ts", "json");
      },
    ],
    ["other packages are installed", () => write("node_modules/.package-lock.json", "other versions")],
    ["it is made in another way", () => write("tools/packaging/bundle.ts", "other options")],
    ["package.json has changed", () => write("package.json", '{"sideEffects": false}')],
  ])("is made again when %s", (_what, change) => {
    bundle();
    change();

    expect(bundle()["index.js"]).toBe("index 2\n");
    expect(bundle()["index.js"]).toBe("index 2\n");
  });

  test.each([
    ["was cut short", (kept: Buffer) => kept.subarray(0, -1)],
    ["has another byte in it", (kept: Buffer) => Buffer.concat([kept.subarray(0, -1), Buffer.from("!")])],
    ["is no such file", () => Buffer.from("what is this?")],
    ["is empty", () => Buffer.alloc(0)],
  ])("is made again when what was kept %s", (_what, change) => {
    bundle();
    writeFileSync(join(root, KEPT), change(readFileSync(join(root, KEPT))));

    expect(bundle()["index.js"]).toBe("index 2\n");
  });

  test("is made where packages were installed by no npm, and kept nowhere", () => {
    rmSync(join(root, "node_modules"), { recursive: true });

    expect(bundle()).toEqual(FIRST);
    expect(bundle()["index.js"]).toBe("index 2\n");
    expect(readdirSync(root)).not.toContain("node_modules");
  });

  test("is made where nothing can be kept", () => {
    write("node_modules/.cache", "a file in the folder's place");
    chmodSync(join(root, "node_modules/.cache"), 0o444);

    expect(bundle()).toEqual(FIRST);
    expect(bundle()["index.js"]).toBe("index 2\n");
  });
});
