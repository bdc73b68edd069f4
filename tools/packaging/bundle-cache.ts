import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a bundle, by name. */
type Files = Readonly<Record<string, Uint8Array>>;

/** The folders whose files the function's bundle is made of. */
const SOURCES = ["alerting", "config/function-environment", "detection", "lambda-src"] as const;

/** What the bundle is made of and by, besides these. npm writes the second: what is installed, and in which versions. */
const MADE_BY = ["tools/packaging/bundle.ts", "node_modules/.package-lock.json", "package.json"] as const;

/** Where a bundle is kept until the next synth. */
export interface BundleCache {
  /** The bundle as it was made before of the same sources, packages and options. */
  read(): Files | undefined;
  /** @returns the same files */
  keep(files: Files): Files;
}

/**
 * The cache for the sources as they are now. Whoever edits files within `node_modules` has to delete `node_modules/.cache`, too.
 *
 * @param sourceRoot folder that holds `lambda-src` and what it imports
 * @param bundle which of the functions it is
 */
export function bundleCache(sourceRoot: string, bundle = "function"): BundleCache {
  const key = keyOf(sourceRoot);
  if (key === undefined) return { read: () => undefined, keep: (files) => files };
  const folder = join(sourceRoot, "node_modules", ".cache", "trailwarden");
  const path = join(folder, `${bundle}.bin`);
  return {
    read: () => readKept(path, key),
    keep: (files) => {
      try {
        mkdirSync(folder, { recursive: true });
        // At once in its place: two may be at it.
        const temporary = `${path}.${process.pid}`;
        writeFileSync(temporary, written(key, files));
        renameSync(temporary, path);
      } catch {
        // A folder that can't be written to costs time, nothing else.
      }
      return files;
    },
  };
}

/** @returns undefined where something that it would be made of isn't there */
function keyOf(sourceRoot: string): string | undefined {
  try {
    const sources = SOURCES.flatMap((folder) =>
      readdirSync(join(sourceRoot, folder), { encoding: "utf8", recursive: true }).map((path) =>
        join(sourceRoot, folder, path),
      ),
    )
      .filter((path) => statSync(path).isFile())
      .sort();
    const hash = createHash("sha256");
    for (const path of [...MADE_BY.map((name) => join(sourceRoot, name)), ...sources]) {
      const content = readFileSync(path);
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
    return hash.digest("hex");
  } catch {
    return undefined;
  }
}

interface Head {
  readonly key: string;
  /** Of all that follows the head: a file cut short is none. */
  readonly digest: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** A line of JSON, then the files one after the other. */
function written(key: string, files: Files): Uint8Array {
  const entries = Object.entries(files);
  const body = Buffer.concat(entries.map(([, content]) => content));
  const head: Head = {
    key,
    digest: digestOf(body),
    files: entries.map(([name, { length }]) => ({ name, bytes: length })),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

function readKept(path: string, key: string): Files | undefined {
  try {
    const content = readFileSync(path);
    const end = content.indexOf("\n");
    const head = JSON.parse(content.toString("utf8", 0, end)) as Head;
    const body = content.subarray(end + 1);
    if (head.key !== key || head.digest !== digestOf(body)) return undefined;
    let offset = 0;
    return Object.fromEntries(
      head.files.map(({ name, bytes }) => {
        offset += bytes;
        return [name, body.subarray(offset - bytes, offset)];
      }),
    );
  } catch {
    return undefined;
  }
}

function digestOf(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}
