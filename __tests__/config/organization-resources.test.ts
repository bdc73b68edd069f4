import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../../config/load";
import { expectOneLine, problemsOf } from "./problem-lines";

const CENTRAL = "111122223333";
const MANAGEMENT = "444455556666";
const ARCHIVE = "777788889999";
const TRAIL = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:trail/aws-controltower-BaselineCloudTrail`;
const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const key = (account: string, region = "us-east-1") => `arn:aws:kms:${region}:${account}:key/${KEY_ID}`;
const topic = (account: string, name = "notices", region = "us-east-1") => `arn:aws:sns:${region}:${account}:${name}`;
const existing = (id: string) => ({ mode: "existing", id });

/** Deployed to the central account, as the deployer says. */
const BASE = {
  deployers: [`arn:aws:iam::${CENTRAL}:role/deployer`],
  organization: { id: "o-a1b2c3d4e5", managementAccount: MANAGEMENT },
};
const ELSEWHERE = {
  trail: existing(TRAIL),
  bucket: existing("aws-controltower-logs"),
  archiveKey: existing(key(ARCHIVE)),
  deliveriesTopic: existing(topic(ARCHIVE)),
};

function problems(context: object): readonly string[] {
  return problemsOf(() =>
    loadConfig({ environment: { CDKTF_CONTEXT_JSON: JSON.stringify(context) }, file: "not read", detectionIds: [] }),
  );
}
const withResources = (resources: object, others: object = {}) => problems({ ...BASE, resources, ...others });

describe("an organization's trail, bucket, key and topic", () => {
  test("may lie in other accounts than the deployment", () => {
    expect(withResources(ELSEWHERE)).toEqual([]);
  });

  test("may lie in the deployment's account", () => {
    const here = { ...ELSEWHERE, archiveKey: existing(key(CENTRAL)), deliveriesTopic: existing(topic(CENTRAL)) };

    expect(withResources(here)).toEqual([]);
    expect(withResources({ ...ELSEWHERE, trail: { mode: "adopt", id: TRAIL } })).toEqual([]);
  });

  test("may not without an organization", () => {
    const lines = problems({ deployers: BASE.deployers, resources: ELSEWHERE });

    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "resources.archiveKey.id",
      "resources.trail.id",
      "resources.deliveriesTopic.id",
    ]);
    expect(lines[1]).toContain("set organization to monitor its accounts");
  });

  test("don't say which account is deployed to", () => {
    const mine = { alertsTopic: existing(topic(CENTRAL, "alerts")), urgentTopic: existing(topic(CENTRAL, "urgent")) };

    expect(problems({ organization: BASE.organization, resources: { ...ELSEWHERE, ...mine } })).toEqual([]);
  });
});

describe("each refusal is one line", () => {
  test("a trail that is not the management account's", () => {
    expectOneLine(
      withResources({ ...ELSEWHERE, trail: existing(TRAIL.replace(MANAGEMENT, CENTRAL)) }),
      `resources.trail.id is "arn:aws:cloudtrail:us-east-1:${CENTRAL}:trail/aws-controltower-BaselineCloudTrail"`,
      `belongs to account ${CENTRAL}, but organization.managementAccount is "${MANAGEMENT}"`,
      "always belongs to the management account",
    );
  });

  test.each(["alertsTopic", "urgentTopic"])("an %s of another account", (name) => {
    expectOneLine(
      withResources({ ...ELSEWHERE, [name]: existing(topic(ARCHIVE, "people")) }),
      `resources.${name}.id is "${topic(ARCHIVE, "people")}"`,
      "belongs to another account than deployers[0]",
      "all must belong to the account that is deployed to",
    );
  });

  test("a topic of another account to adopt: Terraform could not import it", () => {
    expectOneLine(
      withResources({ deliveriesTopic: { mode: "adopt", id: topic(ARCHIVE), ownerStatements: [] } }),
      "resources.deliveriesTopic.id is ",
      "belongs to another account than deployers[0]",
    );
  });

  test.each([
    ["archiveKey", key(ARCHIVE, "eu-west-1")],
    ["deliveriesTopic", topic(ARCHIVE, "notices", "eu-west-1")],
  ])("an %s of another region", (name, id) => {
    expectOneLine(
      withResources({ ...ELSEWHERE, [name]: existing(id) }),
      `resources.${name}.id is "${id}"`,
      'lies in eu-west-1, but region is "us-east-1"',
    );
  });

  test("an existing trail without topic says what to do where it has none", () => {
    expectOneLine(
      withResources({ ...ELSEWHERE, deliveriesTopic: { mode: "create" } }),
      "resources.deliveriesTopic is not given",
      'if it notifies none, set organization.deliveries to "eventbridge"',
    );
  });

  test.each(["/o-a1b2c3d4e5", "o-a1b2c3d4e5/", "a//b", "a*", "a?", "a b", "${x}", "x".repeat(201), "", 5])(
    "the key prefix %j",
    (keyPrefix) => {
      expectOneLine(
        withResources({ ...ELSEWHERE, trail: { ...existing(TRAIL), keyPrefix } }),
        "resources.trail.keyPrefix is ",
        "without / at either end",
      );
    },
  );

  test("the key prefix of a trail that is adopted", () => {
    expectOneLine(
      withResources({ ...ELSEWHERE, trail: { mode: "adopt", id: TRAIL, keyPrefix: "o-a1b2c3d4e5" } }),
      "resources.trail.keyPrefix",
      "unknown key; allowed keys: mode, id",
    );
  });
});

test.each(["o-a1b2c3d4e5", "logs/cloudtrail", "x".repeat(200)])("the key prefix %s is taken", (keyPrefix) => {
  expect(withResources({ ...ELSEWHERE, trail: { ...existing(TRAIL), keyPrefix } })).toEqual([]);
});

describe("deliveries by EventBridge", () => {
  const organization = { ...BASE.organization, deliveries: "eventbridge" };

  test("need trail and bucket, and no topic", () => {
    const { deliveriesTopic: _, ...resources } = ELSEWHERE;

    expect(withResources(resources, { organization })).toEqual([]);
    expectOneLine(withResources({ trail: ELSEWHERE.trail }, { organization }), "resources.bucket is not given");
  });

  test("are refused beside a topic", () => {
    expectOneLine(
      withResources(ELSEWHERE, { organization }),
      `organization.deliveries is "eventbridge"`,
      `resources.deliveriesTopic is "${topic(ARCHIVE)}"`,
      "would not be read",
    );
  });

  test.each([
    ["created", undefined],
    ["adopted", { mode: "adopt", id: TRAIL }],
  ])("are refused for a trail that is %s: it has a topic", (how, trail) => {
    expectOneLine(
      withResources(trail ? { trail } : {}, { organization }),
      `organization.deliveries is "eventbridge"`,
      `the trail is ${how}`,
    );
  });
});
