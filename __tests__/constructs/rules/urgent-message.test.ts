import { describe, expect, test } from "@jest/globals";
import { resources } from "../../../assertions/resources";
import { urgentMessage } from "../../../constructs/rules/urgent-message";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { rootGetCallerIdentity } from "../../../detection/catalogue/root-user/root-get-caller-identity";
import type { Detection } from "../../../detection/definition/detection";
import { synthesizeStack } from "../synthesize-stack";

/** Whoever makes the call writes these, and they are inserted as they are. */
const FREE_TEXT = /userAgent|errorMessage|userName|requestParameters|responseElements/;
/** Characters of a template that EventBridge takes. */
const MAX_TEMPLATE_LENGTH = 8_192;

interface Transformer {
  readonly input_paths: Readonly<Record<string, string>>;
  readonly input_template: string;
}

const transformers = resources(synthesizeStack(), "aws_cloudwatch_event_target").flatMap(({ attributes }) =>
  attributes.input_transformer === undefined ? [] : [attributes.input_transformer as Transformer],
);

function placeholders(template: string): readonly string[] {
  return [...template.matchAll(/<([^<>]*)>/g)].map(([, name]) => String(name));
}

describe("the urgent message as synthesized", () => {
  test("is written for every detection of route topic", () => {
    expect(transformers).toHaveLength(catalogue.filter(({ route }) => route === "topic").length);
    expect(transformers).toHaveLength(1);
  });

  test("is one quoted JSON string, as EventBridge wants text to be", () => {
    for (const { input_template } of transformers) expect(typeof JSON.parse(input_template)).toBe("string");
  });

  test("says first how grave it is, what, where, when and from where", () => {
    for (const { input_template } of transformers) {
      expect(JSON.parse(input_template)).toMatch(
        /^CRITICAL <eventName> in account <account> <awsRegion> at <eventTime> from <sourceIPAddress>\./,
      );
    }
  });

  test("has exactly the placeholders that are defined", () => {
    for (const { input_template, input_paths } of transformers) {
      expect([...new Set(placeholders(input_template))].sort()).toEqual(Object.keys(input_paths).sort());
    }
  });

  test("takes nothing in that the caller writes", () => {
    for (const { input_template, input_paths } of transformers) {
      expect(Object.values(input_paths).filter((path) => FREE_TEXT.test(path))).toEqual([]);
      expect(placeholders(input_template).filter((name) => FREE_TEXT.test(name))).toEqual([]);
    }
  });

  test("fits", () => {
    for (const { input_template } of transformers) {
      expect(input_template.length).toBeLessThanOrEqual(MAX_TEMPLATE_LENGTH);
    }
  });
});

describe("the urgent message of another detection", () => {
  const detection: Detection = {
    ...rootGetCallerIdentity,
    title: 'Somebody said "hello"',
    runbook: {
      check: "Look at <eventID>.",
      command: "aws iam get-user --user-name <userName>",
      contain: "C:\\ <x> <instance-id>",
    },
  };

  test("names what a template can't fill in without an angle bracket", () => {
    const { inputTemplate, inputPaths } = urgentMessage(detection);
    const unknown = placeholders(inputTemplate).filter((name) => !Object.hasOwn(inputPaths, name));

    expect(unknown).toEqual([]);
    expect(JSON.parse(inputTemplate)).toContain("aws iam get-user --user-name (userName)");
    expect(JSON.parse(inputTemplate)).toContain("(x) (instance-id)");
    expect(JSON.parse(inputTemplate)).toContain("Look at <eventID>.");
  });

  test("quotes what JSON must have quoted", () => {
    const text = JSON.parse(urgentMessage(detection).inputTemplate);

    expect(text).toContain('Somebody said "hello".');
    expect(text).toContain("C:\\ (x)");
  });

  test.each(catalogue)("can be written for every detection that ships: $id", (shipped) => {
    const { inputTemplate, inputPaths } = urgentMessage(shipped);

    expect(JSON.parse(inputTemplate)).toContain(`detection ${shipped.id}.`);
    expect(placeholders(inputTemplate).filter((name) => !Object.hasOwn(inputPaths, name))).toEqual([]);
  });
});
