// Over 250 lines: one table of what is refused, and why.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { LOG_GROUP_RETENTION_DAYS } from "../../config/keys";
import { type ConfigSources, loadConfig } from "../../config/load";
import { CONFIG_KEYS } from "../../config/schema";
import { catalogue } from "../../detection/catalogue/catalogue";
import { expectOneLine, problemsOf } from "./problem-lines";

const detectionIds = catalogue.map(({ id }) => id);
const ALL_KEYS = CONFIG_KEYS.join(", ");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Environment = Readonly<Record<string, string>>;

function problemsFrom(sources: Omit<ConfigSources, "detectionIds">): readonly string[] {
  return problemsOf(() => loadConfig({ ...sources, detectionIds }));
}

/** What is wrong with a context that stands in `cdktf.json`. */
function problems(context: unknown, environment: Environment = {}): readonly string[] {
  return problemsOfFile(JSON.stringify({ context }), environment);
}

function problemsOfFile(content: string, environment: Environment = {}): readonly string[] {
  const file = join(folder, "cdktf.json");
  writeFileSync(file, content);
  return problemsFrom({ environment, file });
}

function subscribed(...subscribers: readonly object[]): object {
  return { subscribers };
}

describe("a value that is not allowed is one line with key, value, origin and what is allowed", () => {
  const LETTERS = "letters, digits, - and _, at most 256";
  const STATE_REGION = { stateRegion: "us-east-1" };

  test.each<[what: string, context: object, key: string, value: string, allowed: string]>([
    ["unknown key", { trailname: "x" }, "trailname", '"x"', ALL_KEYS],
    ["key of an object's prototype", { constructor: 1 }, "constructor", "1", ALL_KEYS],
    ["unknown region", { region: "us-east" }, "region", '"us-east"', "an AWS region such as us-east-1"],
    ["region of null", { region: null }, "region", "null", "an AWS region such as us-east-1"],
    ["prefix in capitals", { namePrefix: "Guard" }, "namePrefix", '"Guard"', "2 to 20 lower-case letters"],
    ["long prefix", { namePrefix: "a".repeat(21) }, "namePrefix", `"${"a".repeat(21)}"`, "2 to 20"],
    ["trail name with a space", { trailName: "My Trail" }, "trailName", '"My Trail"', "3 to 128 letters, digits"],
    ["short trail name", { trailName: "ab" }, "trailName", '"ab"', "3 to 128"],
    ["trail name like an address", { trailName: "192.168.5.4" }, "trailName", '"192.168.5.4"', "3 to 128"],
    ["trail name with two dots", { trailName: "a..b" }, "trailName", '"a..b"', "twice in a row"],
    ["bucket name in capitals", { bucketName: "Logs" }, "bucketName", '"Logs"', "3 to 63 lower-case letters"],
    ["short bucket name", { bucketName: "ab" }, "bucketName", '"ab"', "3 to 63"],
    ["bucket name ending in -", { bucketName: "logs-" }, "bucketName", '"logs-"', "beginning and ending with"],
    ["topic name with a dot", { alertsTopicName: "a.fifo" }, "alertsTopicName", '"a.fifo"', LETTERS],
    ["urgent topic's name", { urgentTopicName: "" }, "urgentTopicName", '""', LETTERS],
    ["days as text", { archiveTransitionDays: "30" }, "archiveTransitionDays", '"30"', "from 1 to 3650"],
    ["no days", { archiveTransitionDays: 0 }, "archiveTransitionDays", "0", "from 1 to 3650"],
    ["half a day", { archiveRetentionDays: 400.5 }, "archiveRetentionDays", "400.5", "from 2 to 36500"],
    [
      "retention that CloudWatch doesn't offer",
      { logGroupRetentionDays: 364 },
      "logGroupRetentionDays",
      "364",
      LOG_GROUP_RETENTION_DAYS.join(", "),
    ],
    ["one subscriber, no list", { subscribers: {} }, "subscribers", "{}", "a list of subscribers"],
    ["no alerts", { maxAlertsPerHour: 0 }, "maxAlertsPerHour", "0", "a whole number of alerts from 1 to 10000"],
    ["too many alerts", { maxAlertsPerHour: 10_001 }, "maxAlertsPerHour", "10001", "from 1 to 10000"],
    [
      "too short an incident",
      { incidentMinutes: 4 },
      "incidentMinutes",
      "4",
      "a whole number of minutes from 5 to 1440",
    ],
    ["half an alert", { maxAlertsPerHour: 0.5 }, "maxAlertsPerHour", "0.5", "from 1 to 10000"],
    ["subscriber as text", { subscribers: ["a@example.com"] }, "subscribers[0]", '"a@example.com"', '{"protocol": '],
    ["detections as text", { disabledDetections: "x" }, "disabledDetections", '"x"', "a list of detection ids"],
    [
      "role path without a /",
      { rolePath: "security" },
      "rolePath",
      '"security"',
      "a path of IAM roles that begins and ends with /",
    ],
    [
      "role path that doesn't begin with /",
      { rolePath: "security/" },
      "rolePath",
      '"security/"',
      "a path of IAM roles that begins and ends with /",
    ],
    [
      "role path that doesn't end with /",
      { rolePath: "/security" },
      "rolePath",
      '"/security"',
      "a path of IAM roles that begins and ends with /",
    ],
    ["empty role path", { rolePath: "" }, "rolePath", '""', "a path of IAM roles that begins and ends with /"],
    [
      "role path with an empty part",
      { rolePath: "/a//b/" },
      "rolePath",
      '"/a//b/"',
      "a path of IAM roles that begins and ends with /",
    ],
    [
      "role path with a space",
      { rolePath: "/a b/" },
      "rolePath",
      '"/a b/"',
      "a path of IAM roles that begins and ends with /",
    ],
    [
      "role path with an expression",
      { rolePath: "/${x}/" },
      "rolePath",
      '"/${x}/"',
      "a path of IAM roles that begins and ends with /",
    ],
    [
      "role path that is AWS's own",
      { rolePath: "/aws-service-role/x/" },
      "rolePath",
      '"/aws-service-role/x/"',
      "not /aws-service-role/",
    ],
    [
      "boundary by name",
      { permissionsBoundary: "boundary" },
      "permissionsBoundary",
      '"boundary"',
      "the ARN of an IAM policy such as arn:aws:iam::111122223333:policy/boundary",
    ],
    [
      "boundary that is a role",
      { permissionsBoundary: "arn:aws:iam::111122223333:role/boundary" },
      "permissionsBoundary",
      '"arn:aws:iam::111122223333:role/boundary"',
      "the ARN of an IAM policy such as arn:aws:iam::111122223333:policy/boundary",
    ],
    [
      "boundary of no account",
      { permissionsBoundary: "arn:aws:iam:::policy/boundary" },
      "permissionsBoundary",
      '"arn:aws:iam:::policy/boundary"',
      "the ARN of an IAM policy such as arn:aws:iam::111122223333:policy/boundary",
    ],
    [
      "empty boundary",
      { permissionsBoundary: "" },
      "permissionsBoundary",
      '""',
      "the ARN of an IAM policy such as arn:aws:iam::111122223333:policy/boundary",
    ],
    [
      "boundary with an expression",
      { permissionsBoundary: "arn:aws:iam::111122223333:policy/${x}" },
      "permissionsBoundary",
      '"arn:aws:iam::111122223333:policy/${x}"',
      "the ARN of an IAM policy such as arn:aws:iam::111122223333:policy/boundary",
    ],
    [
      "long role path",
      { rolePath: `/${"x".repeat(511)}/` },
      "rolePath",
      `"/${"x".repeat(50)}`,
      "at most 512 characters",
    ],
    ["tags as a list", { tags: ["x"] }, "tags", '["x"]', '{"team": "security"}'],
    [
      "tag called like a property of every object",
      { tags: { constructor: 1 } },
      "tags.constructor",
      "1",
      "at most 256 letters",
    ],
    ["tag with a colour", { tags: { team: "#fff" } }, "tags.team", '"#fff"', "at most 256 letters, digits"],
    ["tag with an expression", { tags: { team: "${x}" } }, "tags.team", '"${x}"', "at most 256 letters, digits"],
    ["state's bucket", { ...STATE_REGION, stateBucket: "A" }, "stateBucket", '"A"', "the name of an S3 bucket"],
    ["state's region", { stateRegion: "here" }, "stateRegion", '"here"', "an AWS region such as us-east-1"],
    ["state's key", { stateKey: "/x" }, "stateKey", '"/x"', "an object key such as"],
    ["state's KMS key", { stateKmsKeyArn: "alias/x" }, "stateKmsKeyArn", '"alias/x"', "a KMS key's or alias's ARN"],
  ])("%s", (_, context, key, value, allowed) => {
    const lines = problems(context).filter((line) => !line.includes(" is missing: "));

    expectOneLine(lines, `${key} is ${value}`, `(from ${join(folder, "cdktf.json")})`, allowed);
  });

  const PROTOCOLS = "one of: email, sms, https, sqs";
  const E164 = "a phone number in E.164 form such as +15555550100";
  const HTTPS = "an https:// address such as https://siem.example.com/alerts";
  const FIFO = "arn:aws:sqs:us-east-1:111122223333:alerts.fifo";

  test.each<[what: string, subscriber: object, key: string, value: string, allowed: string]>([
    ["bad email", { protocol: "email", endpoint: "oncall" }, ".endpoint", '"oncall"', "an email address such as"],
    ["phone without +", { protocol: "sms", endpoint: "15555550100" }, ".endpoint", '"15555550100"', E164],
    ["phone with spaces", { protocol: "sms", endpoint: "+1 555 555" }, ".endpoint", '"+1 555 555"', E164],
    ["http://", { protocol: "https", endpoint: "http://a.example" }, ".endpoint", '"http://a.example"', HTTPS],
    ["interpolation", { protocol: "https", endpoint: "https://a/${b}" }, ".endpoint", '"https://a/…"', HTTPS],
    ["FIFO queue", { protocol: "sqs", endpoint: FIFO }, ".endpoint", `"${FIFO}"`, "must be a standard queue"],
    ["queue's URL", { protocol: "sqs", endpoint: "https://q" }, ".endpoint", '"https://q"', "a queue's ARN such as"],
    ["protocol", { protocol: "fax", endpoint: "1" }, ".protocol", '"fax"', PROTOCOLS],
    [
      "severity",
      { protocol: "email", endpoint: "a@example.com", minSeverity: "loud" },
      ".minSeverity",
      '"loud"',
      "critical, high, medium, low",
    ],
    [
      "unknown key of a subscriber",
      { protocol: "email", endpoint: "a@example.com", name: "Ann" },
      ".name",
      '"Ann"',
      "protocol, endpoint, minSeverity",
    ],
  ])("subscriber: %s", (_, subscriber, key, value, allowed) => {
    const lines = problems(subscribed({ protocol: "sms", endpoint: "+15555550100" }, subscriber));

    expectOneLine(lines, `subscribers[1]${key} is ${value}`, `(from ${join(folder, "cdktf.json")})`, allowed);
  });

  test("subscriber without an endpoint", () => {
    expectOneLine(
      problems(subscribed({ protocol: "email" })),
      "subscribers[0].endpoint is missing",
      `(from ${join(folder, "cdktf.json")})`,
      "an email address such as",
    );
  });
});

describe("the origin is told", () => {
  test("when it is a variable", () => {
    expectOneLine(
      problems({ region: "us-east-1" }, { TRAILWARDEN_REGION: "mars" }),
      'region is "mars" (from TRAILWARDEN_REGION)',
    );
  });

  test("when it is the context that the cdktf command hands over", () => {
    const environment = { CDKTF_CONTEXT_JSON: '{"region": "mars"}' };

    expectOneLine(problemsFrom({ environment, file: "not read" }), 'region is "mars" (from the context)');
  });

  test("when it is a variable that means no key", () => {
    expectOneLine(problems({}, { TRAILWARDEN_REGOIN: "x" }), 'TRAILWARDEN_REGOIN is "x"', ALL_KEYS);
  });

  test("when a variable should hold JSON and does not", () => {
    expectOneLine(
      problems({}, { TRAILWARDEN_SUBSCRIBERS: '[{"protocol": "email",' }),
      "subscribers is ",
      "(from TRAILWARDEN_SUBSCRIBERS, which is not JSON: ",
      "a list of subscribers",
    );
  });
});

test("a value nested too deeply to show is one line", () => {
  const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;

  expectOneLine(
    problems({}, { TRAILWARDEN_TAGS: deep }),
    "tags.a is nested too deeply to show",
    "(from TRAILWARDEN_TAGS)",
  );
});

test("every unknown key is told of", () => {
  const subscriber = { protocol: "sms", endpoint: "+15555550100", name: "Ann", team: "sec" };

  expect(problems({ ...subscribed(subscriber), speed: 9, colour: "red" }).map((line) => line.split(" is ")[0])).toEqual(
    ["subscribers[0].name", "subscribers[0].team", "speed", "colour"],
  );
});

test("more tags than a resource takes are one line", () => {
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`key${i}`, "value"]));

  expectOneLine(problems({ tags }), "tags has 51 keys", "at most 50");
});

describe("a source that can't be read is one line", () => {
  test("when the file is missing", () => {
    const file = join(folder, "missing.json");

    expectOneLine(problemsFrom({ environment: {}, file }), file, "can't be read (ENOENT)", "in the folder that has it");
  });

  test("when the file is not JSON", () => {
    expectOneLine(problemsOfFile("context"), join(folder, "cdktf.json"), "is not JSON");
  });

  test("when the file breaks off its JSON after several lines", () => {
    expectOneLine(problemsOfFile('{\n"a": [\nx\n]\n}'), join(folder, "cdktf.json"), "is not JSON");
  });

  test("when the handed context is not JSON", () => {
    const environment = { CDKTF_CONTEXT_JSON: "{" };

    expectOneLine(problemsFrom({ environment, file: "not read" }), "CDKTF_CONTEXT_JSON is not JSON");
  });

  test.each(["[]", "null", '"x"', "7", "[{}]"])("when the whole file is %s and not an object", (content) => {
    expectOneLine(
      problemsOfFile(content),
      `${join(folder, "cdktf.json")} is ${content}`,
      'must be an object such as {"context"',
    );
  });

  test("when keys stand beside the context, where nothing reads them", () => {
    const lines = problemsOfFile(
      '{"language": "typescript", "region": "eu-west-1", "suppressions": [], "context": {}}',
    );

    expect(lines).toHaveLength(2);
    expectOneLine(lines.slice(0, 1), "region stands beside", join(folder, "cdktf.json"), "must stand inside");
    expectOneLine(lines.slice(1), "suppressions stands beside", "must stand inside");
    expect(problemsOfFile('{"language": "typescript", "app": "x"}')).toEqual([]);
  });

  test.each(["[]", "null", '"x"', "7"])("when the context is %s and not an object", (context) => {
    expectOneLine(
      problemsOfFile(`{"context": ${context}}`),
      `context of ${join(folder, "cdktf.json")} is ${context}`,
      'an object such as {"region": "us-east-1"}',
    );
  });
});

test("all problems are told at once, in the order of the keys, wherever they come from", () => {
  const context = { region: "mars", logGroupRetentionDays: 2, disabledDetections: ["nothing"], speed: 9 };

  expect(problems(context, { TRAILWARDEN_TRAIL_NAME: "a" }).map((line) => line.split(" is ")[0])).toEqual([
    "region",
    "trailName",
    "logGroupRetentionDays",
    "speed",
    "disabledDetections[0]",
  ]);
});
