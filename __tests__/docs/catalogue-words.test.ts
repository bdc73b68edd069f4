import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../detection/catalogue/catalogue";
import { alwaysOn } from "../../detection/suppressions/always-on";
import { read } from "./pages";
import { replacedIn } from "./replaced-words";

describe("the words of the catalogue", () => {
  test("are held against a list that finds them", () => {
    expect(replacedIn("Nobody is told, or an attempt at it; who asked for it? The cap.")).toEqual([
      "told",
      "Nobody",
      "attempt at it",
      "asked for",
      "cap",
    ]);
    expect(replacedIn("A folder of landscape pictures, enabled and recommended")).toEqual([]);
  });

  test.each(catalogue)("are the field's in $id", ({ title, why, falsePositives = "", runbook }) => {
    const { check, contain } = runbook;

    expect([title, why, falsePositives, check, contain].flatMap(replacedIn)).toEqual([]);
  });

  test("are the field's in the reasons of suppressions", () => {
    const reasons = alwaysOn(catalogue, ["arn:aws:iam::111122223333:role/deploy"]).map(({ reason }) => reason);

    expect(reasons).toHaveLength(4);
    expect(reasons.flatMap(replacedIn)).toEqual([]);
  });

  test("are the field's on the page of detections", () => {
    // A file's name and an id.
    const text = read("docs/detections.md").replace(/\S*(own-detections|costly-resource-created)\S*/g, "");

    expect(replacedIn(text)).toEqual([]);
  });

  test.each(catalogue)("fit a subject in $id's title, in sentence case", ({ title }) => {
    expect(title.length).toBeLessThanOrEqual(60);
    expect(title).toMatch(/^[A-Z][^.]*$/);
  });

  test("make titles that no two detections share", () => {
    const titles = catalogue.map(({ title }) => title.toLowerCase());

    expect(new Set(titles).size).toBe(titles.length);
  });

  test("name shared commands that at least three detections link to", () => {
    const [, section = ""] = /^## Shared commands\n([\s\S]*?)^## /m.exec(read("docs/detections.md")) ?? [];
    const names = [...section.matchAll(/^- (.*?): `aws /gm)].map(([, name = ""]) => name.toLowerCase());
    const links = [...read("docs/detections.md").matchAll(/\[([^\][\n]*)\]\(#shared-commands\)/g)].map(
      ([, name]) => name,
    );

    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => links.filter((link) => link === name).length < 3)).toEqual([]);
    expect(new Set(links)).toEqual(new Set(names));
  });

  test("stay few: at most 115 on the page for each detection", () => {
    expect(read("docs/detections.md").split(/\s+/).length).toBeLessThanOrEqual(115 * catalogue.length);
  });
});
