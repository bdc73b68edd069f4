import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../../config/load";
import { namesOf } from "../../config/names";
import { expectOneLine, problemsOf } from "./problem-lines";

const load = (context: object) =>
  loadConfig({
    environment: { CDKTF_CONTEXT_JSON: JSON.stringify(context) },
    file: "not read",
    detectionIds: [],
  });
const problems = (resources: unknown, others: object = {}) => problemsOf(() => load({ resources, ...others }));

const TRAIL = "arn:aws:cloudtrail:us-east-1:111122223333:trail/management-events";
const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const KEY = `arn:aws:kms:us-east-1:111122223333:key/${KEY_ID}`;
const topic = (name: string) => `arn:aws:sns:us-east-1:111122223333:${name}`;

type Case = readonly [value: unknown, ...parts: readonly string[]];

describe("an id of the wrong form is one line that says which is right", () => {
  const cases: readonly (readonly [name: string, ...Case])[] = [
    ["bucket", { mode: "existing", id: "arn:aws:s3:::my-logs" }, "a bucket's name", "not its ARN"],
    ["trail", { mode: "adopt", id: "management-events" }, "a trail's ARN"],
    ["archiveKey", { mode: "adopt", id: KEY, ownerStatements: [] }, "a KMS key's id", "not its ARN"],
    ["archiveKey", { mode: "existing", id: KEY_ID }, "a KMS key's ARN"],
    ["logGroup", { mode: "adopt", id: "arn:aws:logs:us-east-1:111122223333:log-group:x" }, "a log group's name"],
    ["alertsTopic", { mode: "existing", id: "alerts" }, "a standard topic's ARN"],
    ["urgentTopic", { mode: "existing", id: topic("urgent.fifo") }, "a standard topic's ARN"],
  ];
  test.each(cases.map((aCase) => ({ aCase })))("$aCase", ({ aCase: [name, resource, ...parts] }) => {
    expectOneLine(problems({ [name]: resource }), `resources.${name}.id is "`, ...parts);
  });
});

describe("a resource that is not said rightly is one line", () => {
  const cases: readonly Case[] = [
    [
      { vault: {} },
      "resources.vault",
      "archiveKey, bucket, trail, logGroup, deliveriesTopic, alertsTopic, urgentTopic",
    ],
    [{ trail: { mode: "steal", id: TRAIL } }, "resources.trail.mode", "create, existing, adopt"],
    [{ trail: TRAIL }, "resources.trail", 'an object such as {"mode": "adopt"'],
    [{ logGroup: { mode: "adopt" } }, "resources.logGroup.id is missing"],
    [{ bucket: { mode: "adopt", id: "old", ownerStatements: [], absent: ["acl"] } }, "absent[0]", "lifecycle"],
    [
      { bucket: { mode: "adopt", id: "old" } },
      "resources.bucket.ownerStatements is missing",
      "which stay beside ours; [] for none",
    ],
    [
      { bucket: { mode: "adopt", id: "old", ownerStatements: [{ Effect: "Maybe" }] } },
      "ownerStatements[0].Effect",
      "Allow or Deny",
    ],
    [
      { bucket: { mode: "existing", id: "old", absent: [] } },
      "resources.bucket.absent",
      "unknown key; allowed keys: mode, id",
    ],
    [{ trail: [] }, "resources.trail is []", 'an object such as {"mode": "adopt"'],
    [{ trail: {} }, "resources.trail.mode is missing", "one of: create, existing, adopt"],
  ];
  test.each(cases.map((aCase) => ({ aCase })))("$aCase", ({ aCase: [resources, ...parts] }) => {
    expectOneLine(problems(resources), ...parts);
  });
});

describe("resources that can't go together are one line each", () => {
  test("one in another region than the deployment", () => {
    expectOneLine(
      problems({ trail: { mode: "adopt", id: TRAIL } }, { region: "eu-west-1" }),
      "resources.trail.id",
      "lies in us-east-1",
      'region is "eu-west-1"',
    );
  });

  test("two of different accounts", () => {
    expectOneLine(
      problems({
        trail: { mode: "adopt", id: TRAIL },
        alertsTopic: { mode: "existing", id: "arn:aws:sns:us-east-1:999988887777:alerts" },
      }),
      "resources.alertsTopic.id",
      "another account than resources.trail.id",
    );
  });

  test("a name beside a resource that has another", () => {
    expectOneLine(
      problems({ trail: { mode: "adopt", id: TRAIL } }, { trailName: "MyCloudTrail" }),
      'trailName is "MyCloudTrail"',
      'called "management-events"',
    );
  });

  test("a trail that is used as it is, and a bucket that it would not write to", () => {
    expectOneLine(
      problems({ trail: { mode: "existing", id: TRAIL }, deliveriesTopic: { mode: "existing", id: topic("notices") } }),
      "resources.bucket is not given",
    );
  });

  test("a trail that is used as it is, and a log group", () => {
    expectOneLine(
      problems({
        trail: { mode: "existing", id: TRAIL },
        bucket: { mode: "existing", id: "old-logs" },
        deliveriesTopic: { mode: "existing", id: topic("notices") },
        logGroup: { mode: "existing", id: "old-group" },
      }),
      "resources.logGroup",
      "leave it out",
    );
  });

  test("one topic for log files and for people", () => {
    expectOneLine(
      problems({ deliveriesTopic: { mode: "existing", id: topic("APICallAlert") } }),
      '"APICallAlert" (deliveries)',
      "must be three",
    );
  });
});

test("a resource that is there keeps its name, and the log group follows the trail's", () => {
  const { config } = load({
    resources: {
      trail: { mode: "adopt", id: TRAIL },
      bucket: { mode: "existing", id: "old-logs" },
      urgentTopic: { mode: "adopt", id: topic("Pager"), ownerStatements: [] },
    },
  });

  expect(namesOf(config)).toEqual({
    trailName: "management-events",
    bucketName: "old-logs",
    logGroupName: "/aws/cloudtrail/management-events",
    deliveriesTopicName: "trailwarden-deliveries",
    alertsTopicName: "cloudtrail-alerts-demo",
    urgentTopicName: "Pager",
  });
});

test("an existing bucket without its key is warned of", () => {
  const { warnings } = load({ resources: { bucket: { mode: "existing", id: "old-logs" } } });

  expect(warnings).toContainEqual(expect.stringMatching(/resources\.archiveKey is not given/));
});
