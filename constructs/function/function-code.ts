import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FunctionCode } from "./function-zip";

const ROOT = join(__dirname, "..", "..");

/** Each function's folder in the package, written by `tools/packaging/build.ts`. */
type Bundle = "function" | "notifier";

/**
 * The alert function's code, file by file: the package ships it, a clone bundles it from its sources. Either way it is
 * made of the packages in our lock file, so that both give the same bytes.
 *
 * @throws BuildFailure of esbuild when a clone's sources don't compile
 */
export function functionCode(): FunctionCode {
  if (isShipped("function")) return shippedCode("function");
  const { cache, bundler } = ofClone("function");
  return cache.read() ?? cache.keep(bundler().bundleFunctionSync(ROOT));
}

/**
 * The same of the notifier.
 *
 * @throws BuildFailure of esbuild when a clone's sources don't compile
 */
export function notifierCode(): FunctionCode {
  if (isShipped("notifier")) return shippedCode("notifier");
  const { cache, bundler } = ofClone("notifier");
  const bundled = cache.read();
  if (bundled) return bundled;
  const { bundleFunctionSync, NOTIFIER_ENTRY_POINTS } = bundler();
  return cache.keep(bundleFunctionSync(ROOT, NOTIFIER_ENTRY_POINTS));
}

let started: Promise<FunctionCode> | undefined;

/**
 * The alert function's for a program that has more to do meanwhile. The first call starts a clone's bundler, in a process of its
 * own.
 *
 * @throws BuildFailure of esbuild when a clone's sources don't compile
 */
export function functionCodeMeanwhile(): Promise<FunctionCode> {
  started ??= startFunctionCode();
  return started;
}

async function startFunctionCode(): Promise<FunctionCode> {
  if (isShipped("function")) return shippedCode("function");
  const { cache, bundler } = ofClone("function");
  return cache.read() ?? cache.keep(await bundler().bundleFunction(ROOT));
}

function isShipped(bundle: Bundle): boolean {
  return existsSync(join(ROOT, bundle));
}

function shippedCode(bundle: Bundle): FunctionCode {
  const folder = join(ROOT, bundle);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

/** The package has neither cache nor bundler, and a clone loads the bundler only where the cache has no bundle. */
function ofClone(bundle: Bundle) {
  const { bundleCache } =
    require("../../tools/packaging/bundle-cache") as typeof import("../../tools/packaging/bundle-cache");
  const bundler = () => require("../../tools/packaging/bundle") as typeof import("../../tools/packaging/bundle");
  return { cache: bundleCache(ROOT, bundle), bundler };
}
