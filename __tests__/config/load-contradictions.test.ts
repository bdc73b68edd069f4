import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../../config/load";
import { catalogue } from "../../detection/catalogue/catalogue";
import { expectOneLine, problemsOf } from "./problem-lines";

const detectionIds = catalogue.map(({ id }) => id);
const KMS_KEY_ARN = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

function problems(context: object, environment: Readonly<Record<string, string>> = {}): readonly string[] {
  const all = { CDKTF_CONTEXT_JSON: JSON.stringify(context), ...environment };
  return problemsOf(() => loadConfig({ environment: all, file: "not read", detectionIds }));
}

describe("a detection that there is not", () => {
  test("is named with the three nearest ids, not with all", () => {
    expectOneLine(
      problems({ disabledDetections: ["trail-stopped", "trail-stoped"] }),
      'disabledDetections[1] is "trail-stoped" (from the context): unknown detection; did you mean trail-stopped, ',
    );
    expect(problems({ disabledDetections: ["trail-stoped"] })[0]).toMatch(/did you mean ([a-z-]+, ){2}[a-z-]+\?$/);
  });

  test("takes one line even if it has two itself", () => {
    expectOneLine(problems({ disabledDetections: ["trail\nstopped"] }), "disabledDetections[0]");
  });
});

describe("the archive's transition", () => {
  test.each([
    ["on the day of", 400],
    ["after", 401],
  ])("%s the expiration is refused with both numbers", (_, archiveTransitionDays) => {
    expectOneLine(
      problems({ archiveTransitionDays }, { TRAILWARDEN_ARCHIVE_RETENTION_DAYS: "400" }),
      "archiveRetentionDays is 400",
      `more than archiveTransitionDays, which is ${archiveTransitionDays}`,
    );
  });

  test("a day before the expiration is allowed", () => {
    expect(problems({ archiveTransitionDays: 399 })).toEqual([]);
  });
});

describe("two topics of one name", () => {
  test.each([
    ["alerts and urgent", { alertsTopicName: "APICallAlert" }, 'alertsTopicName is "APICallAlert"'],
    ["alerts and deliveries", { alertsTopicName: "ab-deliveries", namePrefix: "ab" }, '"ab-deliveries"'],
    ["urgent and deliveries", { urgentTopicName: "ab-deliveries", namePrefix: "ab" }, '"ab-deliveries"'],
  ])("are refused: %s", (_, context, value) => {
    expectOneLine(problems(context), "alertsTopicName is", "urgentTopicName is", value, "must differ from each other");
  });
});

describe("a subscriber who stands in the list twice", () => {
  const twice = [
    { protocol: "email", endpoint: "oncall@example.com" },
    { protocol: "sms", endpoint: "+15555550100" },
    { protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" },
  ];

  test("is refused", () => {
    expectOneLine(problems({ subscribers: twice }), "subscribers[2] is email oncall@example.com", "duplicate");
  });

  test("is allowed under two protocols", () => {
    const url = "https://a.example.com/";
    const both = [...twice.slice(0, 2), { protocol: "https", endpoint: url }];

    expect(problems({ subscribers: both })).toEqual([]);
  });
});

describe("a tag's key", () => {
  test.each([
    ["begins with aws:", "aws:team"],
    ["begins with AWS:", "AWS:team"],
    ["is too long", "k".repeat(129)],
    ["is empty", ""],
    ["is an expression", "${team}"],
  ])("that %s is refused", (_, key) => {
    expectOneLine(
      problems({ tags: { [key]: "x" } }),
      `tags has the key "${key}"`,
      "1 to 128 letters, digits, spaces and _ . : / = + - @, not beginning with aws:",
    );
  });

  test("takes one line even if it has two itself", () => {
    expectOneLine(problems({ tags: { "te\nam": "x" } }), "tags");
  });
});

test("an unknown key takes one line even if it has two itself", () => {
  expectOneLine(problems({ "re\ngion": "x" }), "unknown key");
});

describe("half a remote state is refused: what is given, and where, and what is missing", () => {
  test.each([
    ["a bucket alone", { stateBucket: "state" }, "stateBucket", ["stateRegion"]],
    ["a region alone", { stateRegion: "us-east-1" }, "stateRegion", ["stateBucket"]],
    ["a key alone", { stateKey: "x" }, "stateKey", ["stateBucket", "stateRegion"]],
    ["a KMS key alone", { stateKmsKeyArn: KMS_KEY_ARN }, "stateKmsKeyArn", ["stateBucket", "stateRegion"]],
    ["bucket and key", { stateBucket: "state", stateKey: "x" }, "stateBucket", ["stateRegion"]],
    ["region and key", { stateRegion: "us-east-1", stateKey: "x" }, "stateRegion", ["stateBucket"]],
  ])("%s", (_, context, given, missing) => {
    const lines = problems(context);

    expect(lines.map((line) => line.split(":")[0])).toEqual(missing.map((key) => `${key} is missing`));
    for (const line of lines) {
      expect(line).toContain("a remote state needs stateBucket and stateRegion");
      expect(line).toContain(`${given} (from the context)`);
    }
  });

  test("names the variable when the environment gave the half", () => {
    expectOneLine(
      problems({}, { TRAILWARDEN_STATE_BUCKET: "state" }),
      "stateRegion is missing",
      "stateBucket (from TRAILWARDEN_STATE_BUCKET)",
      "set TRAILWARDEN_STATE_REGION too",
    );
  });
});

describe("the origin of what contradicts is told", () => {
  const twice = '[{"protocol": "sms", "endpoint": "+15555550100"}, {"protocol": "sms", "endpoint": "+15555550100"}]';

  test.each([
    ["an unknown detection", "TRAILWARDEN_DISABLED_DETECTIONS", "trail-slowed"],
    ["a short retention", "TRAILWARDEN_ARCHIVE_RETENTION_DAYS", "90"],
    ["a late transition", "TRAILWARDEN_ARCHIVE_TRANSITION_DAYS", "400"],
    ["a topic's name", "TRAILWARDEN_ALERTS_TOPIC_NAME", "APICallAlert"],
    ["a subscriber told twice", "TRAILWARDEN_SUBSCRIBERS", twice],
    ["a reserved tag", "TRAILWARDEN_TAGS", '{"aws:team": "x"}'],
    ["half a remote state", "TRAILWARDEN_STATE_BUCKET", "state"],
  ])("%s: %s", (_, variable, text) => {
    expectOneLine(problems({}, { [variable]: text }), variable);
  });
});

test("a key that is wrong by itself is not told of a second time for what it contradicts", () => {
  expectOneLine(problems({ archiveTransitionDays: -1, archiveRetentionDays: 10 }), "archiveTransitionDays is -1");
});
