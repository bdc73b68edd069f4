import { type BuildOptions, build } from "esbuild";

/** How the function is bundled; `docs/decisions/0010-bundle.md` has the reasons. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  write: false,
  platform: "node",
  target: "node22",
  format: "cjs",
  // ES modules first: what nobody imports from them is left out.
  mainFields: ["module", "main"],
  alias: {
    "@aws-sdk/credential-provider-node": "./lambda-src/environment-credentials.ts",
    "@smithy/core/event-streams": "./lambda-src/no-event-streams.ts",
  },
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
