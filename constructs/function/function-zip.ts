import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Zippable, zipSync } from "fflate";
import type { Detection } from "../../detection/definition/detection";
import type { Suppression } from "../../detection/suppressions/suppression";

/** The files of the function's code, by their names in the zip. */
export type FunctionCode = Readonly<Record<string, Uint8Array>>;

/** A built function, on disk for the length of this process. */
export interface FunctionZip {
  readonly path: string;
  /** Base64 of its SHA-256, as Lambda reports it. */
  readonly hash: string;
}

/**
 * Packs the function's code, the detections that it judges by and what it suppresses into the zip that Lambda runs.
 *
 * The same input gives the same bytes on every machine: entries are sorted, stored without compression (deflate
 * differs between versions of Node) and dated 1980.
 *
 * @param code what `functionCode` answers
 * @param suppressions what `suppressionsOf` answers
 */
export function zipFunction(
  code: FunctionCode,
  catalogue: readonly Detection[],
  suppressions: readonly Suppression[],
): FunctionZip {
  return packZip("function.zip", {
    ...code,
    "catalogue.json": Buffer.from(JSON.stringify(catalogue)),
    "suppressions.json": Buffer.from(JSON.stringify(suppressions)),
  });
}

/** Packs files in the same way into a zip of that name. */
export function packZip(name: string, files: Readonly<Record<string, Uint8Array>>): FunctionZip {
  const zip = pack(files);
  const path = join(mkdtempSync(join(temporaryFolder(), "zip-")), name);
  writeFileSync(path, zip);
  return { path, hash: createHash("sha256").update(zip).digest("base64") };
}

let temporary: string | undefined;

/** One for all zips of this process, which is gone with it. */
function temporaryFolder(): string {
  if (temporary !== undefined) return temporary;
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  temporary = folder;
  return folder;
}

const UNIX = 3;

function pack(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.keys(files)
    .sort()
    .map((name): [string, Zippable[string]] => [
      name,
      // fflate writes the date's local fields, so a local date makes the same bytes in every time zone.
      [files[name] as Uint8Array, { level: 0, mtime: new Date(1980, 0, 1), os: UNIX, attrs: 0o644 << 16 }],
    ]);
  return zipSync(Object.fromEntries(entries));
}
