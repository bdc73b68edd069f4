import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../repository";
import { read } from "./pages";
import { replacedIn } from "./replaced-words";
import { stringLiterals } from "./string-literals";

/** The catalogue's texts are looked at as such, by catalogue-words.test.ts. */
const CATALOGUE = "detection/catalogue/";

const sources = ["config", "detection"].flatMap((folder) =>
  readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !path.startsWith(CATALOGUE)),
);

describe("string literals", () => {
  test.each([
    ['const a = "one" + `two ${b ? `three ${c}` : "four"} five`;', ["one", "two ", "three ", "", "four", " five"]],
    ['// "no"\n/* `no` */ f("yes \\" still");', ['yes \\" still']],
    ['const r = /["`]/; g(x / 2, "a / b");', ["a / b"]],
    ["`${{ a: { b: 1 } }.a.b} end`", ["", " end"]],
    ["`$5 and \\${none}`", ["$5 and \\${none}"]],
  ])("are found in %s", (source, texts) => {
    expect(stringLiterals(source)).toEqual(texts);
  });
});

describe("the words of errors, warnings and defaults", () => {
  test("are read from every source file of config/ and detection/", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(stringLiterals(read("config/keys.ts"))).toContain("home region");
  });

  test.each(sources)("are the field's in %s", (file) => {
    expect(stringLiterals(read(file)).filter((text) => replacedIn(text).length > 0)).toEqual([]);
  });
});
