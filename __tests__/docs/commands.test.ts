import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { CONFIG_KEYS } from "../../config/schema";
import { environmentName } from "../../config/sources";
import { catalogue } from "../../detection/catalogue/catalogue";
import { generated } from "../../tools/packaging/docs";

const ROOT = join(__dirname, "..", "..");

/** Scripts that nobody types, with the reason. */
const NOT_IN_HELP: Readonly<Record<string, string>> = { prepack: "npm pack runs it" };

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
const help = read("help");
const readme = read("README.md");
const pages = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];

/** Scripts that a text tells to run: `npm test` and `npm run …`. */
function scriptsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bnpm (?:(test)\b|run (?:--?[\w-]+ )*([\w:.-]*\w))/g)].map(([, test, run]) =>
    String(test ?? run),
  );
}

/** Targets of links to files, without the part after `#`; code is left out. */
function fileLinksIn(markdown: string): readonly string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

describe("commands", () => {
  test.each([...pages, "help"])("that %s names are scripts of package.json", (file) => {
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
  test.each(CONFIG_KEYS)("stand in README.md's table: %s", (key) => {
    const firstCells = readme.split("\n").map((line) => /^\|([^|]*)\|/.exec(line)?.[1] ?? "");

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

describe("links", () => {
  test("are found", () => {
    expect(fileLinksIn(readme)).toContain("docs/briefs.md");
    expect(fileLinksIn("[a](one.md#part) [b](https://example.com) [c](#here)\n```\n[d](code.md)\n```\n")).toEqual([
      "one.md",
    ]);
  });

  test.each(pages)("of %s lead to files and folders that exist", (page) => {
    const broken = fileLinksIn(read(page)).filter((target) => !existsSync(join(ROOT, dirname(page), target)));

    expect(broken).toEqual([]);
  });

  test.each(pages)("of %s stay in the project", (page) => {
    const outside = fileLinksIn(read(page)).filter((target) =>
      relative(ROOT, join(ROOT, dirname(page), target)).startsWith(".."),
    );

    expect(outside).toEqual([]);
  });
});

describe.each(["README.md", "docs/library.md"])("%s", (page) => {
  test("has the sample as its example in TypeScript, which .ci/package compiles and runs", () => {
    const [, example] = /^```ts\n([\s\S]*?)^```$/m.exec(read(page)) ?? [];

    expect(example).toBe(read("samples/typescript-consumer/main.ts"));
  });

  test("tells to install the peers that the sample has", () => {
    const { dependencies } = JSON.parse(read("samples/typescript-consumer/package.json")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };

    for (const [name, version] of Object.entries(dependencies)) expect(read(page)).toContain(` ${name}@${version} `);
  });
});
