// Is what package.json exports there, can it be loaded, and is the rest refused? check-exports.js PACKAGE, the folder in
// which it is installed. Plain JavaScript: with tsx loaded, modules would be found that users don't find.
const { existsSync, readdirSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join, resolve } = require("node:path");

/** Each is in the package, or was thought to be. */
const REFUSED = [
  "/cli/main",
  "/config/check",
  "/config/sources",
  "/constructs/exports",
  "/constructs/trail",
  "/detections/catalogue",
  "/dist/constructs/trail",
  "/function/index.js",
  "/lambda-src/engine/match",
  "/main",
];

const folder = resolve(process.argv[2]);
const load = createRequire(join(folder, "..", "..", "consumer.js"));
const { name, exports: exported } = load(join(folder, "package.json"));
const problems = [];
let loaded = 0;

for (const [subpath, target] of Object.entries(exported)) {
  if (typeof target === "string") continue;
  const [before, after] = target.default.split("*");
  const names =
    after === undefined
      ? [undefined]
      : readdirSync(join(folder, before))
          .filter((file) => file.endsWith(after))
          .map((file) => file.slice(0, -after.length));
  if (names.length === 0) problems.push(`${subpath} exports nothing: ${before} is empty`);
  for (const part of names) {
    const specifier = name + subpath.slice(1).replace("*", part);
    const types = join(folder, target.types.replace("*", part));
    if (!existsSync(types)) problems.push(`${specifier} has no types: ${types} is missing`);
    try {
      load(specifier);
      loaded++;
    } catch (error) {
      problems.push(`${specifier} can't be loaded: ${error.message}`);
    }
  }
}
/** What README.md and docs/library.md name. */
const PROMISED = {
  "": ["Trailwarden", "TrailwardenStack", "ConfigurationError", "SynthError"],
  "/detections": ["catalogue"],
};
for (const [path, names] of Object.entries(PROMISED)) {
  const found = load(name + path);
  for (const each of names) if (found[each] === undefined) problems.push(`${name}${path} has no ${each}`);
}
for (const path of REFUSED) {
  try {
    load(name + path);
    problems.push(`${name}${path} is not refused`);
  } catch (error) {
    if (error.code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") problems.push(`${name}${path}: ${error.message}`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`package: ${loaded} modules loaded, ${REFUSED.length} others refused`);
process.exitCode = problems.length === 0 ? 0 : 1;
