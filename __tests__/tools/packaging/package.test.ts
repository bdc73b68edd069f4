import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { DYNALITE } from "../../../cli/demo/load-dynalite";
import { REPOSITORY } from "../../repository";

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly bin: Versions;
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
  readonly peerDependencies: Versions;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly main: string;
  readonly types: string;
  readonly files: readonly string[];
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
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

  test("are these and no other: what is exported is promised to users", () => {
    expect(exported.map(([subpath]) => subpath)).toEqual([".", "./assertions/*", "./detections"]);
  });

  test("say the same to compilers that resolve modules in the classic way, which do not read them", () => {
    const targets = Object.fromEntries(exported) as Readonly<Record<string, { types: string; default: string }>>;
    const { ".": main, ...subpaths } = targets;

    expect({ types: manifest.types, default: manifest.main }).toEqual(main);
    expect(manifest.typesVersions).toEqual({
      "*": Object.fromEntries(Object.entries(subpaths).map(([subpath, { types }]) => [subpath.slice(2), [types]])),
    });
  });

  test("the main one is for users alone: our own files import each other directly", () => {
    const importers = shipped().filter((file) =>
      /(from|require\()\s*"[^"]*\/exports"/.test(readFileSync(join(REPOSITORY, file), "utf8")),
    );

    expect(importers).toEqual([]);
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

  const optional = Object.keys(manifest.peerDependenciesMeta);

  test("leave to users what the demo alone needs, in the version that a clone has", () => {
    expect(optional).toEqual(["dynalite"]);
    for (const name of optional) {
      expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
      expect(manifest.devDependencies[name]).toBe(manifest.peerDependencies[name]);
      expect(`${name}@${manifest.peerDependencies[name]}`).toBe(DYNALITE);
    }
  });

  test.each(Object.keys(manifest.peerDependencies).filter((peer) => !optional.includes(peer)))(
    "pin %s for a clone, and for the sample alike",
    (peer) => {
      const sample = read<Manifest>("samples", "typescript-consumer", "package.json");

      expect(manifest.devDependencies[peer]).toMatch(/^\d+\.\d+\.\d+$/);
      expect(sample.dependencies[peer]).toBe(manifest.devDependencies[peer]);
    },
  );
});

test("README.md links to nothing that the package leaves out", () => {
  const prose = readFileSync(join(REPOSITORY, "README.md"), "utf8").replace(/^```[\s\S]*?^```/gm, "");
  const targets = [...prose.matchAll(/\]\(([^)\s#]+)/g)].map(([, target]) => String(target));
  const ships = (target: string) =>
    /^https:/.test(target) ||
    // npm adds the license, whatever `files` says.
    ["LICENSE", ...manifest.files].includes(target) ||
    /^docs\/.*(\.md|\/)$/.test(target);

  expect(targets.length).toBeGreaterThan(10);
  expect(manifest.files).toContain("docs/**/*.md");
  expect(targets.filter((target) => !ships(target))).toEqual([]);
});
