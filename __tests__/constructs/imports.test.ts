import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../repository";

const FOLDERS = ["assertions", "cli", "config", "constructs", "lambda-src", "own-detections", "packaging", "review"];

interface Import {
  readonly file: string;
  /** Path from the repository's root when it is one of our own files, else the package's. */
  readonly imported: string;
}

function sourceFiles(): readonly string[] {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.[jt]s$/.test(path))
      .map((path) => [folder, ...path.split(sep)].join("/")),
  );
  return ["main.ts", "state-bucket.ts", "terraform-module.ts", ...found];
}

function importsOf(file: string): readonly Import[] {
  const source = readFileSync(join(REPOSITORY, file), "utf8");
  const specifiers = source.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*"([^"]+)"/g);
  return [...specifiers].map(([, specifier]) => ({ file, imported: fromRoot(file, String(specifier)) }));
}

function fromRoot(file: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : specifier;
}

const imports = sourceFiles().flatMap(importsOf);

/** Imports of files in a folder, as `file → imported`, that are of a kind. */
function offending(folder: RegExp, forbidden: RegExp): readonly string[] {
  return imports
    .filter(({ file, imported }) => folder.test(file) && forbidden.test(imported))
    .map(({ file, imported }) => `${file} → ${imported}`);
}

test("the imports of every source folder are found", () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(imports).toContainEqual({ file: "main.ts", imported: "constructs/trailwarden-app" });
  expect(imports).toContainEqual({ file: "constructs/trail.ts", imported: "@cdktf/provider-aws/lib/cloudtrail" });
  expect(new Set(imports.map(({ file }) => file.split("/")[0]))).toEqual(
    new Set(["main.ts", "state-bucket.ts", "terraform-module.ts", ...FOLDERS]),
  );
});

describe("no barrel is imported", () => {
  test("of the provider: it costs seven times the synth's time", () => {
    expect(offending(/^/, /^@cdktf\/provider-aws(?!\/lib\/[a-z0-9-]+$)/)).toEqual([]);
  });

  test("of the SDK: clients by their own packages only", () => {
    expect(offending(/^/, /^(aws-sdk|@aws-sdk\/(?!client-[a-z0-9-]+$))/)).toEqual([]);
  });
});

describe("what may import what", () => {
  test("cdktf is for the three programs and constructs/ alone", () => {
    expect(
      offending(
        /^(?!main\.ts$|state-bucket\.ts$|terraform-module\.ts$|constructs\/)/,
        /^(cdktf|constructs|@cdktf)($|\/)/,
      ),
    ).toEqual([]);
  });

  test("assertions/ knows nothing but itself: it goes with any test runner and any CDKTF", () => {
    expect(offending(/^assertions\//, /^(?!assertions\/)/)).toEqual([]);
  });

  test("lambda-src/ knows nothing but itself and its packages", () => {
    expect(offending(/^lambda-src\//, /^(config|constructs|cli|main)($|\/)/)).toEqual([]);
  });

  test("review/ knows nothing but itself, how patterns match, what environment the function starts with, and CIS's numbers", () => {
    expect(
      offending(/^review\//, /^(?!review\/|lambda-src\/(engine\/|environment$|detections\/cis-controls$)|node:)/),
    ).toEqual([]);
  });

  test("config/ knows nothing but itself and its packages", () => {
    expect(offending(/^config\//, /^(constructs|lambda-src|cli|main)($|\/)/)).toEqual([]);
  });

  test("constructs/ takes from lambda-src/ only what a synth needs: detections, their patterns and names, suppressions", () => {
    expect(
      offending(/^constructs\//, /^(cli|main|lambda-src\/(?!detections\/|engine\/|suppressions\/|names$))/),
    ).toEqual([]);
  });
});
