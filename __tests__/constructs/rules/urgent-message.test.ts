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
const HOME = "eu-west-1";

interface Transformer {
  readonly input_paths: Readonly<Record<string, string>>;
  readonly input_template: string;
}

const transformers = resources(synthesizeStack(), "aws_cloudwatch_event_target").flatMap(({ attributes }) =>
  attributes.input_transformer === undefined ? [] : [attributes.input_transformer as Transformer],
);

/** The lines of a template, out of their quotes. */
function linesOf(template: string): readonly string[] {
  return template.split("\n").map((line): string => JSON.parse(line));
}

function placeholders(template: string): readonly string[] {
  return [...template.matchAll(/<([^<>]*)>/g)].map(([, name]) => String(name));
}

describe("the urgent message as synthesized", () => {
  test("is written for every detection of route topic", () => {
    expect(transformers).toHaveLength(catalogue.filter(({ route }) => route === "topic").length);
    expect(transformers).toHaveLength(1);
  });

  test("is quoted JSON strings, line by line, as EventBridge wants text to be", () => {
    for (const { input_template } of transformers) {
      expect(linesOf(input_template).filter((line) => typeof line !== "string" || line === "")).toEqual([]);
    }
  });

  test("reads as what happened, where to see it, that details follow, and what to do", () => {
    expect(transformers.map(({ input_template }) => linesOf(input_template))).toEqual([
      [
        "CRITICAL <eventName> in account <account> <awsRegion> at <eventTime> from <sourceIPAddress>.",
        `${rootGetCallerIdentity.title}.`,
        "See it: https://<awsRegion>.console.aws.amazon.com/cloudtrailv2/home?region=<awsRegion>#/events/<eventID>",
        "Details follow within a minute. If they don't, follow the steps below.",
        `1. ${rootGetCallerIdentity.runbook.check}`,
        `2. If it was not intended: ${rootGetCallerIdentity.runbook.contain}`,
        "Event <eventID>, detection root-get-caller-identity.",
      ],
    ]);
  });

  test("says first how grave it is, what, where, when and from where", () => {
    for (const { input_template } of transformers) {
      expect(linesOf(input_template)[0]).toMatch(
        /^CRITICAL <eventName> in account <account> <awsRegion> at <eventTime> from <sourceIPAddress>\.$/,
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
      check: "Look at <eventID> of <userName>.",
      command: "aws iam get-user",
      contain: "C:\\ <x> <instance-id>",
    },
  };

  test("names what a template can't fill in without an angle bracket", () => {
    const { inputTemplate, inputPaths } = urgentMessage(detection, HOME);
    const unknown = placeholders(inputTemplate).filter((name) => !Object.hasOwn(inputPaths, name));

    expect(unknown).toEqual([]);
    expect(linesOf(inputTemplate)).toContain("2. If it was not intended: C:\\ (x) (instance-id)");
    expect(linesOf(inputTemplate)).toContain("1. Look at <eventID> of (userName).");
  });

  test("quotes what JSON must have quoted", () => {
    const lines = linesOf(urgentMessage(detection, HOME).inputTemplate);

    expect(lines).toContain('Somebody said "hello".');
    expect(lines).toContain("2. If it was not intended: C:\\ (x) (instance-id)");
  });

  test.each(catalogue)("can be written for every detection that ships: $id", (shipped) => {
    const { inputTemplate, inputPaths } = urgentMessage(shipped, HOME);

    expect(linesOf(inputTemplate)).toContain(`Event <eventID>, detection ${shipped.id}.`);
    expect(placeholders(inputTemplate).filter((name) => !Object.hasOwn(inputPaths, name))).toEqual([]);
  });

  test.each([
    [
      "us-gov-west-1",
      "https://<awsRegion>.console.amazonaws-us-gov.com/cloudtrailv2/home?region=<awsRegion>#/events/<eventID>",
    ],
    ["cn-north-1", "https://<awsRegion>.console.amazonaws.cn/cloudtrailv2/home?region=<awsRegion>#/events/<eventID>"],
  ])("links to the console of %s's partition", (region, link) => {
    expect(linesOf(urgentMessage(detection, region).inputTemplate)[2]).toBe(`See it: ${link}`);
  });

  test("has no link where no console is public", () => {
    expect(urgentMessage(detection, "us-iso-east-1").inputTemplate).not.toContain("https://");
  });
});
