import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FunctionCode } from "./function-zip";

const ROOT = join(__dirname, "..");
/** Written by `tools/packaging/build.ts`. */
const SHIPPED = join(ROOT, "function");

/**
 * The alert function's code, file by file: the package ships it, a clone bundles it from its sources. Either way it is
 * made of the packages in our lock file, so that both give the same bytes.
 *
 * A clone's bundler works in a process of its own: what is done before this is awaited costs no more time.
 *
 * @throws BuildFailure of esbuild when a clone's sources don't compile
 */
export async function functionCode(): Promise<FunctionCode> {
  if (existsSync(SHIPPED)) {
    return Object.fromEntries(readdirSync(SHIPPED).map((name) => [name, readFileSync(join(SHIPPED, name))]));
  }
  // The package has no bundler.
  const { cachedBundle } =
    require("../tools/packaging/bundle-cache") as typeof import("../tools/packaging/bundle-cache");
  return cachedBundle(ROOT, () => {
    const { bundleFunction } = require("../tools/packaging/bundle") as typeof import("../tools/packaging/bundle");
    return bundleFunction(ROOT);
  });
}
