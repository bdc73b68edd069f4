import { describe, expect, test } from "@jest/globals";
import { KEYS } from "../../../config/keys";
import { STACK_KEYS } from "../../../config/stack-keys";
import { constructProperties } from "../../../tools/packaging/construct-properties";
import { read } from "../../docs/pages";

const text = constructProperties();
const [ofTheConstruct = "", ofTheStack = ""] = text.split("export interface TrailwardenStackProps");

/** The property's type and what stands above it; undefined where there is none. */
function property(source: string, key: string) {
  const [, comment, type] =
    new RegExp(String.raw`((?:^   \*.*\n)+)^   \*/\n  readonly ${key}\?: (.*);$`, "m").exec(source) ?? [];
  return comment === undefined ? undefined : { comment, type };
}

describe("the construct's properties", () => {
  test.each(Object.keys(KEYS))("have %s in one place, with a docstring and a default", (key) => {
    const ofStack = STACK_KEYS.some((each) => each === key);
    const [here, elsewhere] = ofStack ? [ofTheStack, ofTheConstruct] : [ofTheConstruct, ofTheStack];

    expect(property(here, key)?.comment).toMatch(/^ {3}\* [A-Z][\s\S]*\.\n {3}\*\n {3}\* @default \S/);
    expect(property(elsewhere, key)).toBeUndefined();
  });

  test.each([
    ["trailName", "string", '@default "MyCloudTrail"'],
    ["maxAlertsPerHour", "number", "@default 100"],
    ["logGroupRetentionDays", "number", "@default 365"],
    ["packs", 'readonly ("default" | "cis" | "strict")[]', '@default ["default"]'],
    ["deployers", "readonly string[]", "@default - none, with a warning"],
    ["accountNames", "Readonly<Record<string, string>>", "@default - none"],
    ["subscribers", "readonly SubscriberProps[]", "@default - none, with a warning"],
  ])("give %s the type and default of its schema", (key, type, fallback) => {
    const found = property(ofTheConstruct, key);

    expect(found?.type).toBe(type);
    expect(found?.comment).toContain(`${fallback}\n`);
  });

  test("say what counts in a program, not in cdktf.json or the environment", () => {
    expect(property(ofTheConstruct, "detectionsFolder")?.comment).toContain("starts at the working directory");
    expect(text).not.toMatch(/cdktf\.json|comma-separated/);
  });

  test("name pages, and have no relative link, which leads nowhere from a program", () => {
    expect(property(ofTheConstruct, "suppressions")?.comment).toContain("(`docs/suppressions.md`)");
    expect(text).not.toContain("](");
  });

  test("fit into 120 columns, defaults aside", () => {
    expect(text.split("\n").filter((line) => line.length > 120 && !line.includes("@default"))).toEqual([]);
  });

  test("need no library of schemas: their declarations import types of detections alone", () => {
    const imports = (source: string) => [...source.matchAll(/from "([^"]+)"/g)].map(([, path]) => path);

    expect(imports(text)).toEqual(["./nested-props"]);
    expect(imports(read("constructs/deployable/nested-props.ts"))).toEqual([
      "../../detection/definition/detection",
      "../../detection/pattern/pattern",
    ]);
  });
});
