import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FunctionCode } from "./function-zip";

const ROOT = join(__dirname, "..", "..");
/** Written by `tools/packaging/build.ts`. */
const SHIPPED = join(ROOT, "function");

/**
 * The alert function's code, file by file: the package ships it, a clone bundles it from its sources. Either way it is
 * made of the packages in our lock file, so that both give the same bytes.
 *
 * @throws BuildFailure of esbuild when a clone's sources don't compile
 */
export function functionCode(): FunctionCode {
  if (existsSync(SHIPPED)) return shippedCode();
  const { cache, bundler } = ofClone();
  return cache.read() ?? cache.keep(bundler().bundleFunctionSync(ROOT));
}

let started: Promise<FunctionCode> | undefined;

/**
 * The same for a program that has more to do meanwhile. The first call starts a clone's bundler, in a process of its own.
 *
 * @throws BuildFailure of esbuild when a clone's sources don't compile
 */
export function functionCodeMeanwhile(): Promise<FunctionCode> {
  started ??= startFunctionCode();
  return started;
}

async function startFunctionCode(): Promise<FunctionCode> {
  if (existsSync(SHIPPED)) return shippedCode();
  const { cache, bundler } = ofClone();
  return cache.read() ?? cache.keep(await bundler().bundleFunction(ROOT));
}

function shippedCode(): FunctionCode {
  return Object.fromEntries(readdirSync(SHIPPED).map((name) => [name, readFileSync(join(SHIPPED, name))]));
}

/** The package has neither cache nor bundler, and a clone loads the bundler only where the cache has no bundle. */
function ofClone() {
  const { bundleCache } =
    require("../../tools/packaging/bundle-cache") as typeof import("../../tools/packaging/bundle-cache");
  const bundler = () => require("../../tools/packaging/bundle") as typeof import("../../tools/packaging/bundle");
  return { cache: bundleCache(ROOT), bundler };
}
