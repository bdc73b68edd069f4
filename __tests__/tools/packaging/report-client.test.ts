import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { BUNDLED, reportClient } from "../../../tools/packaging/report-client";

test("the checked-in client of the report is what npm run build:report makes", async () => {
  const files = await reportClient();

  expect(readdirSync(BUNDLED).sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect(readFileSync(join(BUNDLED, name), "utf8")).toBe(text);
});

test("each module of the client, and each of its style sheets, is in it", async () => {
  const files = await reportClient();
  const client = join(BUNDLED, "..", "client");

  for (const name of readdirSync(client)) {
    if (name.endsWith(".ts")) expect(files.get("page.js")).toContain(`// cli/replay/report/client/${name}\n`);
    if (name.endsWith(".css")) expect(files.get("page.css")).toContain(readFileSync(join(client, name), "utf8"));
  }
});

test("what a module exports, another imports: linter and compiler see unused names within a module alone", () => {
  const client = join(BUNDLED, "..", "client");
  const sources = readdirSync(client)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(client, name), "utf8"));
  const names = (pattern: RegExp) => sources.flatMap((source) => [...source.matchAll(pattern)].map(([, name]) => name));
  const exported = names(/^export (?:function|const|let|interface|type) (\w+)/gm);
  const imported = names(/^import (?:type )?\{ (.*) \} from "\.\/[a-z-]+";$/gm).flatMap((list = "") =>
    list.split(", ").map((name) => name.replace("type ", "")),
  );

  expect(exported.length).toBeGreaterThan(40);
  expect(exported.filter((name) => !imported.includes(String(name)))).toEqual([]);
});
