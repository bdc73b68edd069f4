import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../repository";

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly bin: Versions;
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
  readonly peerDependencies: Versions;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

function read<T>(...path: readonly string[]): T {
  return JSON.parse(readFileSync(join(REPOSITORY, ...path), "utf8")) as T;
}

const manifest = read<Manifest>("package.json");
const exported = Object.entries(manifest.exports).filter(([subpath]) => subpath !== "./package.json");
const { include } = read<{ readonly include: readonly string[] }>("tsconfig.build.json");

/** The source of a file in `dist/`. */
function source(target: string): string {
  return target.replace(/^(\.\/)?dist\//, "").replace(/\.js$/, ".ts");
}

/** Sources that the package ships compiled, the function's own apart, which it ships bundled. */
function shipped(): readonly string[] {
  return include.flatMap((path) =>
    path.endsWith(".ts")
      ? [path]
      : readdirSync(join(REPOSITORY, path), { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".ts"))
          .map((file) => join(path, file)),
  );
}

describe("exports", () => {
  test.each(exported)("%s leads to sources that there are, with their types", (_, target) => {
    const { types, default: code } = target as { readonly types: string; readonly default: string };

    expect(Object.keys(target)).toEqual(["types", "default"]);
    expect(types).toBe(code.replace(/\.js$/, ".d.ts"));
    expect(existsSync(join(REPOSITORY, source(code).replace("*.ts", "")))).toBe(true);
  });

  test.each(exported)("%s is built", (_, target) => {
    const path = source((target as { readonly default: string }).default);

    expect(include.some((built) => path === built || path.startsWith(`${built}/`))).toBe(true);
  });

  test("have no barrel", () => {
    expect(manifest.exports).not.toHaveProperty(".");
  });
});

test("the command is there in a clone as well, and starts Node", () => {
  expect(readFileSync(join(REPOSITORY, source(String(manifest.bin.trailwarden))), "utf8")).toMatch(
    /^#!\/usr\/bin\/env node\n/,
  );
});

describe("dependencies", () => {
  const known = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const imported = shipped().flatMap((file) =>
    [...readFileSync(join(REPOSITORY, file), "utf8").matchAll(/\b(?:from|require\()\s*"([\w@][^"]*)"/g)].map(
      ([, specifier]) => ({ file, name: String(/^(?:@[^/]+\/)?[^/]+/.exec(String(specifier))?.[0]) }),
    ),
  );
  const packages = imported.filter(({ name }) => !name.startsWith("node:") && !builtinModules.includes(name));

  test("hold every package that shipped sources import", () => {
    expect(packages.filter(({ name }) => !known.includes(name))).toEqual([]);
  });

  test("hold no other", () => {
    const used = new Set(packages.map(({ name }) => name));

    expect(known.filter((name) => !used.has(name))).toEqual([]);
  });

  test.each(Object.keys(manifest.peerDependencies))("pin %s for a clone, and for the sample alike", (peer) => {
    const sample = read<Manifest>("samples", "typescript-consumer", "package.json");

    expect(manifest.devDependencies[peer]).toMatch(/^\d+\.\d+\.\d+$/);
    expect(sample.dependencies[peer]).toBe(manifest.devDependencies[peer]);
  });
});
