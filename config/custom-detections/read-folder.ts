import { readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { isObject, parseJson } from "../../detection/events/json";
import { plainData } from "../plain-data";

/** What a file offers as a detection, as JSON has it, or why that can't be told. */
export type Offered = { readonly file: string } & (
  | { readonly value: unknown }
  | { readonly problems: readonly string[] }
);

/** What is no detection and may lie beside them. */
const PASSED_OVER = /^\.|\.(md|d\.ts|test\.[jt]s)$/i;

/**
 * Reads the detections that lie in a folder: JSON files have one each, TypeScript and JavaScript modules are evaluated,
 * here and now, and export one or more. Folders below it are not looked at.
 */
export function readFolder(folder: string): readonly Offered[] {
  let entries: readonly { readonly name: string; isDirectory(): boolean }[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const problem = `it can't be read (${(error as NodeJS.ErrnoException).code}): must be a folder of detections`;
    return [{ file: folder, problems: [problem] }];
  }
  return entries
    .filter((entry) => !entry.isDirectory() && !PASSED_OVER.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => readDetections(join(folder, name)));
}

function readDetections(file: string): readonly Offered[] {
  switch (extname(file)) {
    case ".json":
      return [readJson(file)];
    case ".ts":
    case ".js":
      return evaluate(file);
    default:
      return [{ file, problems: ["it is neither .json nor .ts nor .js: move it to a folder below"] }];
  }
}

function readJson(file: string): Offered {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return { file, problems: [`it can't be read (${(error as NodeJS.ErrnoException).code})`] };
  }
  const parsed = parseJson(text.replace(/^\uFEFF/, ""));
  if ("problem" in parsed) return { file, problems: [`it is not JSON: ${parsed.problem.replace(/\s+/g, " ")}`] };
  // Also for how deep it is nested.
  return { file, ...plainData(parsed.value) };
}

function evaluate(file: string): readonly Offered[] {
  let exported: unknown;
  try {
    exported = require(resolve(file));
  } catch (error) {
    return [{ file, problems: [`it can't be evaluated: ${reason(error, file)}`] }];
  }
  const offered = detectionsIn(exported);
  if (offered.length === 0) return [{ file, problems: ["it exports nothing: export a detection, or a list of them"] }];
  return offered.map((value) => ({ file, ...plainData(value) }));
}

/** Everything that a module exports is taken for a detection or a list of them. */
function detectionsIn(exported: unknown): readonly unknown[] {
  // `module.exports = { id, … }`
  const values = isObject(exported) && !("pattern" in exported) ? named(exported) : [exported];
  return [...new Set(values.flatMap((value) => (Array.isArray(value) ? value : [value])))];
}

function named(exported: object): readonly unknown[] {
  return Object.entries(exported)
    .filter(([name]) => name !== "__esModule" && name !== "module.exports")
    .map(([, value]) => value);
}

function reason(error: unknown, file: string): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = text.replace(/\s+/g, " ").slice(0, 300);
  return file.endsWith(".ts") && /SyntaxError|UNKNOWN_FILE_EXTENSION/.test(text)
    ? `${line} (outside of a clone TypeScript needs Node 22.18 or later; else compile it to .js)`
    : line;
}
