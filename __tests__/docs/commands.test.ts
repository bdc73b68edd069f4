import { describe, expect, test } from "@jest/globals";
import { CONFIG_KEYS } from "../../config/schema";
import { environmentName } from "../../config/sources";
import { catalogue } from "../../detection/catalogue/catalogue";
import { generated } from "../../tools/packaging/docs";
import { PAGES, read } from "./pages";

/** Scripts that nobody types, with the reason. */
const NOT_IN_HELP: Readonly<Record<string, string>> = { prepack: "npm pack runs it" };

const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
const help = read("help");
const readme = read("README.md");
const configuration = read("docs/configuration.md");
const library = read("docs/library.md");

/** Scripts that a text names: `npm test` and `npm run …`. */
function scriptsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bnpm (?:(test)\b|run (?:--?[\w-]+ )*([\w:.-]*\w))/g)].map(([, test, run]) =>
    String(test ?? run),
  );
}

describe("commands", () => {
  test.each([...PAGES, "help"])("that %s names are scripts of package.json", (file) => {
    const unknown = scriptsIn(read(file)).filter((script) => !Object.hasOwn(scripts, script));

    expect(unknown).toEqual([]);
  });

  test("are found in the pages that have most of them", () => {
    expect(scriptsIn(readme)).toEqual(expect.arrayContaining(["demo", "test", "synth"]));
    expect(scriptsIn(help)).toEqual(expect.arrayContaining(["demo", "test", "synth", "lint", "format", "typecheck"]));
  });

  test("of package.json all stand in help", () => {
    const missing = Object.keys(scripts).filter(
      (script) => !scriptsIn(help).includes(script) && !Object.hasOwn(NOT_IN_HELP, script),
    );

    expect(missing).toEqual([]);
  });

  test("that help leaves out are scripts that exist", () => {
    expect(Object.keys(NOT_IN_HELP).filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

describe("configuration keys", () => {
  test.each(CONFIG_KEYS)("stand in docs/configuration.md's table, between its marks: %s", (key) => {
    const [, table = ""] = /<!-- configuration -->\n([\s\S]*?)<!-- \/configuration -->/.exec(configuration) ?? [];
    const firstCells = table.split("\n").map((line) => /^\|([^|]*)\|/.exec(line)?.[1] ?? "");

    expect(firstCells.filter((cell) => cell.includes(`\`${key}\``))).toHaveLength(1);
  });

  test.each(CONFIG_KEYS)("stand in help, with their name in the environment: %s", (key) => {
    const names = help.split("\n").map((line) => line.trim().split(/ +/).slice(0, 2));

    expect(names).toContainEqual([key, environmentName(key)]);
  });

  test("that help names are keys of the schema", () => {
    const named = [...help.matchAll(/^ {2}\w+ +(TRAILWARDEN_\w+)/gm)].map(([, variable]) => variable);

    expect(named.sort()).toEqual(CONFIG_KEYS.map(environmentName).sort());
  });
});

describe("what npm run docs writes", () => {
  test.each(Object.entries(generated()))("%s is up to date: else run it", (file, text) => {
    expect(read(file)).toBe(text);
  });

  test("has every detection of the catalogue, by its id, and their number by severity in README.md", () => {
    const sections = [...read("docs/detections.md").matchAll(/^## ([a-z0-9-]+)$/gm)].map(([, id]) => id);
    const counts = [...readme.matchAll(/^\| (critical|high|medium|low) \| (\d+) \|/gm)].map(([, , count]) =>
      Number(count),
    );

    expect(sections).toEqual(catalogue.map(({ id }) => id));
    expect(counts).toHaveLength(4);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(catalogue.length);
  });
});

test("docs/library.md's example in TypeScript is the sample's, which .ci/package compiles and runs", () => {
  const [, example] = /^```ts\n([\s\S]*?)^```$/m.exec(library) ?? [];

  expect(example).toBe(read("samples/typescript-consumer/main.ts"));
});

test("docs/library.md installs the peers that the sample has", () => {
  const { dependencies } = JSON.parse(read("samples/typescript-consumer/package.json")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };

  for (const [name, version] of Object.entries(dependencies)) expect(library).toContain(` ${name}@${version} `);
});
