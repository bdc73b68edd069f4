import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { clientStyles } from "../../../cli/replay/report/client-files";
import { BUNDLED, reportScript } from "../../../tools/packaging/report-client";

const CLIENT = join(dirname(BUNDLED), "..", "client");

test("the checked-in script of the report is what npm run build:report makes", async () => {
  expect(readdirSync(dirname(BUNDLED))).toEqual(["page.js"]);
  expect(readFileSync(BUNDLED, "utf8")).toBe(await reportScript());
});

test("each module of the client is in it, and each style sheet in the page's styles", async () => {
  const [script, styles] = [await reportScript(), clientStyles()];

  for (const name of readdirSync(CLIENT)) {
    if (name.endsWith(".ts")) expect(script).toContain(`// cli/replay/report/client/${name}\n`);
    if (name.endsWith(".css")) expect(styles).toContain(readFileSync(join(CLIENT, name), "utf8"));
  }
});

test("what a module exports, another imports: linter and compiler see unused names within a module alone", () => {
  const sources = readdirSync(CLIENT)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(CLIENT, name), "utf8"));
  const names = (pattern: RegExp) => sources.flatMap((source) => [...source.matchAll(pattern)].map(([, name]) => name));
  const exported = names(/^export (?:function|const|let|interface|type) (\w+)/gm);
  const imported = names(/^import (?:type )?\{ (.*) \} from "\.\/[a-z-]+";$/gm).flatMap((list = "") =>
    list.split(", ").map((name) => name.replace("type ", "")),
  );

  expect(exported.length).toBeGreaterThan(40);
  expect(exported.filter((name) => !imported.includes(String(name)))).toEqual([]);
});
