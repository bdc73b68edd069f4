import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checkOwn } from "../../../config/custom-detections/check-detection";
import { matchesRecord, readFixture } from "../../../config/custom-detections/fixtures";
import { type OwnDetections, readOwnDetections } from "../../../config/custom-detections/own-detections";
import { REPOSITORY } from "../../repository";
import { CASES, LEAST, withFolder } from "./folder";

const SHIPPED = ["trail-stopped"];

/** What a folder of these files holds; paths in problems are as seen from it. */
function read(files: Readonly<Record<string, unknown>>): OwnDetections {
  return withFolder(files, (folder) => {
    const own = readOwnDetections(folder, SHIPPED);
    return {
      ...own,
      problems: own.problems.map((problem) => problem.replaceAll(`${folder}/`, "").replace(folder, ".")),
    };
  });
}

describe("a folder of detections", () => {
  test("may hold JSON files, one detection each; they are ordered by id", () => {
    const own = read({ "a.json": { ...LEAST, id: "first" }, "b.json": LEAST });

    expect(own.problems).toEqual([]);
    expect(own.ids).toEqual(["first", "bastion-stopped"]);
    expect(own.detections.map(({ id, pack }) => [id, pack])).toEqual([
      ["bastion-stopped", "own"],
      ["first", "own"],
    ]);
  });

  test("may hold TypeScript that is evaluated: every export is a detection or a list of them", () => {
    const own = read({
      "many.ts": `
        import { names } from "./helpers/names";
        interface Named { readonly id: string }
        const made = (id: string): Named => ({ ...${JSON.stringify(LEAST)}, id });
        export const one = made("one");
        export const more: readonly Named[] = names.map(made);
        export default one;
      `,
      "helpers/names.ts": 'export const names: readonly string[] = ["two", "three"];',
    });

    expect(own.problems).toEqual([]);
    expect(own.ids.toSorted()).toEqual(["one", "three", "two"]);
  });

  test.each([
    ["one detection", `module.exports = ${JSON.stringify(LEAST)};`],
    ["a list", `module.exports = [${JSON.stringify(LEAST)}];`],
    ["names", `exports.one = ${JSON.stringify(LEAST)};`],
  ])("may hold JavaScript that exports %s", (_, source) => {
    expect(read({ "one.js": source })).toMatchObject({ ids: ["bastion-stopped"], problems: [] });
  });

  test("may hold pages, types, tests and hidden files besides, and folders", () => {
    const besides = {
      "README.md": "x",
      "a.d.ts": "x",
      "a.test.ts": "x",
      ".keep": "",
      "fixtures/a.json": "x",
      "old/b.json": "x",
    };

    expect(read({ "a.json": LEAST, ...besides })).toMatchObject({ ids: ["bastion-stopped"], problems: [] });
  });

  test("tells every problem at once, with its file", () => {
    const own = read({
      "a.json": { ...LEAST, severity: "urgent", speed: 1 },
      "b.json": '{"id": 1',
      "c.ts": `export const list = [${JSON.stringify({ ...LEAST, id: "c-one", tier: 1 })}, ${JSON.stringify({ ...LEAST, id: "trail-stopped" })}];`,
      "d.js": "throw new Error('out of\\norder');",
      "e.js": "exports.when = { at: new Date(), call() {} };",
      "f.js": "",
      "g.yaml": "x",
      "h.json": LEAST,
    });

    expect(own.problems).toEqual([
      expect.stringMatching(/^a\.json: severity is "urgent": takes a severity/),
      expect.stringMatching(/^a\.json: speed is 1: there is no such key/),
      expect.stringMatching(/^b\.json: it is not JSON: /),
      expect.stringMatching(/^c\.ts \("c-one"\): tier is 1: takes a tier/),
      expect.stringMatching(/^c\.ts \("trail-stopped"\): id is "trail-stopped": a detection of that id ships already/),
      "d.js: it can't be evaluated: Error: out of order",
      expect.stringMatching(/^e\.js: at is a Date: /),
      expect.stringMatching(/^e\.js: call is a function: /),
      "f.js: it exports nothing: export a detection, or a list of them",
      "g.yaml: it is neither .json nor .ts nor .js: move it to a folder below",
      'h.json: id is "bastion-stopped": a.json has that id already; take another',
    ]);
    for (const problem of own.problems) expect(problem).not.toContain("\n");
  });

  test("knows the ids of what is faulty too, so that nobody is told twice", () => {
    expect(read({ "a.json": { ...LEAST, severity: 1 } }).ids).toEqual(["bastion-stopped"]);
  });

  test("has to be there and to hold something", () => {
    expect(read({}).problems).toEqual([".: it has no detections: put a .json, .ts or .js file there"]);
    expect(readOwnDetections("not/there", []).problems).toEqual([
      "not/there: it can't be read (ENOENT): takes a folder of detections",
    ]);
  });
});

describe("a fixture", () => {
  const problemsOf = (content: unknown): readonly string[] =>
    withFolder({ "x.json": content }, (folder) => {
      const fixture = readFixture(folder, "x");
      return "problems" in fixture ? fixture.problems.map((problem) => problem.replace(`${folder}/`, "")) : [];
    });
  const [matching, other] = CASES.cases;

  test("has a case that matches and one that does not", () => {
    expect(problemsOf(CASES)).toEqual([]);
    expect(problemsOf({ cases: [matching] })).toEqual(['x.json has no case whose "matches" is false: write one']);
    expect(problemsOf({ cases: [other] })).toEqual(['x.json has no case whose "matches" is true: write one']);
  });

  test.each<[unknown, string]>([
    ["{", "x.json is not JSON"],
    [[], "x.json: it is []: takes an object"],
    [{ cases: 1 }, "x.json: cases is 1: takes a list of cases"],
    [{ cases: [{ ...matching, matches: "yes" }, other] }, 'x.json: cases[0].matches is "yes": takes true or false'],
    [
      { cases: [matching, { ...other, record: { eventName: "A" } }] },
      'cases[1].record is {"eventName":"A"}: takes a record as CloudTrail writes it: eventSource is absent',
    ],
    [{ cases: [matching, { ...other, expect: 1 }] }, "cases[1].expect is 1: there is no such key"],
  ])("of %j is refused", (content, problem) => {
    expect(problemsOf(content)).toEqual([expect.stringContaining(problem)]);
  });
});

describe("docs/custom-detections.md", () => {
  const page = readFileSync(join(REPOSITORY, "docs", "custom-detections.md"), "utf8");
  const blocks = (language: string) =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, text]) => String(text));
  const parsed = blocks("json")
    .filter((text) => text.startsWith("{"))
    .map((text) => JSON.parse(text) as Record<string, unknown>);

  test("shows a detection that works, and cases that it passes", () => {
    const detection = parsed.find((value) => "pattern" in value);
    const cases = (parsed.find((value) => "cases" in value) as unknown as typeof CASES).cases;
    const checked = checkOwn(detection);
    if ("problems" in checked) throw new Error(checked.problems.join("\n"));

    expect(cases.map(({ record }) => matchesRecord(checked.detection, record))).toEqual(
      cases.map(({ matches }) => matches),
    );
    expect(
      withFolder({ [`${checked.detection.id}.json`]: { cases } }, (folder) =>
        readFixture(folder, checked.detection.id),
      ),
    ).toEqual({ cases });
  });

  test("shows TypeScript that works", () => {
    const [source] = blocks("ts");

    expect(read({ "page.ts": String(source) })).toMatchObject({
      ids: ["bastion-eu-stopped", "bastion-us-stopped"],
      problems: [],
    });
  });

  test("says of every key what it takes", () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
    const checked = checkOwn({ unknown: 1 });
    const [, known = ""] = /known are: (.*)/.exec("problems" in checked ? checked.problems.join("\n") : "") ?? [];

    expect(rows.sort()).toEqual(known.split(", ").sort());
  });
});
