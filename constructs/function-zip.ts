import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { type Zippable, zipSync } from "fflate";
import type { Detection } from "../lambda-src/detections/detection";

/** A built function, on disk for the length of this process. */
export interface FunctionZip {
  readonly path: string;
  /** Base64 of its SHA-256, as Lambda reports it. */
  readonly hash: string;
}

/** How the function is bundled; `docs/decisions/0010-bundle.md` has the reasons. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  write: false,
  platform: "node",
  target: "node22",
  format: "cjs",
  // ES modules first: what nobody imports from them is left out.
  mainFields: ["module", "main"],
  alias: { "@aws-sdk/credential-provider-node": "./lambda-src/environment-credentials.ts" },
  minify: true,
  legalComments: "none",
  tsconfigRaw: {},
  logLevel: "silent",
} as const satisfies BuildOptions;

/**
 * Bundles `lambda-src/handler.ts`. esbuild works in a process of its own: what is done before this is awaited costs no
 * more time.
 *
 * @param sourceRoot folder that holds `lambda-src`
 * @throws BuildFailure of esbuild when the sources don't compile
 */
export async function bundleFunction(sourceRoot: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...BUNDLE_OPTIONS,
    absWorkingDir: sourceRoot,
    entryPoints: ["lambda-src/handler.ts"],
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error("esbuild made no bundle of lambda-src/handler.ts");
  return bundle.contents;
}

/**
 * Packs a bundle and the catalogue into the zip that Lambda runs.
 *
 * The same sources give the same bytes on every machine: entries are sorted, stored without compression (deflate
 * differs between versions of Node) and dated 1980.
 */
export function zipFunction(bundle: Uint8Array, catalogue: readonly Detection[]): FunctionZip {
  const zip = pack({
    "catalogue.json": Buffer.from(JSON.stringify(catalogue)),
    "index.js": bundle,
  });
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "function.zip");
  writeFileSync(path, zip);
  return { path, hash: createHash("sha256").update(zip).digest("base64") };
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
