import { describe, expect, test } from "@jest/globals";
import { CONFIG_KEYS, type Config } from "../../config/schema";
import { load } from "./load-context";

/** Another value than the default, for every key there is. */
const OTHER_VALUES: { readonly [Key in keyof Config]-?: NonNullable<Config[Key]> } = {
  region: "eu-central-1",
  regions: ["us-east-1", "us-west-2"],
  organization: {
    id: "o-a1b2c3d4e5",
    managementAccount: "111122223333",
    deliveries: "topic",
    busStatements: [],
    stackSet: { organizationalUnits: ["r-ab12"] },
  },
  namePrefix: "guard",
  trailName: "OtherTrail",
  bucketName: "other-bucket",
  alertsTopicName: "OtherAlerts",
  urgentTopicName: "OtherUrgent",
  archiveTransitionDays: 30,
  archiveRetentionDays: 1000,
  logGroupRetentionDays: 731,
  subscribers: [{ protocol: "email", endpoint: "oncall@example.com", minSeverity: "high" }],
  // Each kind of channel is tried in channels.test.ts.
  channels: [],
  maxAlertsPerHour: 10_000,
  incidentMinutes: 1_440,
  packs: ["cis", "strict"],
  disabledDetections: ["trail-stopped", "data-destroyed"],
  detectionsFolder: "own",
  ruleBudget: 2_000,
  deployers: ["arn:aws:iam::111122223333:role/deployer", "arn:aws:iam::111122223333:user/ops/bob@example.com"],
  suppressions: [
    {
      id: "nightly-clean-up",
      detections: ["data-destroyed"],
      pattern: { detail: { eventName: ["DeleteTable"] } },
      owner: "platform-team@example.com",
      reason: "Test tables go every night",
      expires: "2026-12-31",
    },
    {
      use: "ci-roles",
      roles: ["arn:aws:iam::111122223333:role/ci"],
      owner: "platform-team@example.com",
      reason: "Deployments",
      expires: "2028-02-29",
    },
  ],
  resources: {
    archiveKey: { mode: "create" },
    bucket: { mode: "adopt", id: "old-logs", ownerStatements: [], absent: ["lifecycle"] },
    trail: { mode: "create" },
    logGroup: { mode: "existing", id: "old-group" },
    deliveriesTopic: { mode: "create" },
    alertsTopic: { mode: "create" },
    urgentTopic: { mode: "create" },
  },
  rolePath: "/security/",
  permissionsBoundary: "arn:aws:iam::111122223333:policy/security/boundary",
  accountNames: { "111122223333": "prod" },
  timeZone: "Asia/Tokyo",
  tags: { team: "security" },
  stateBucket: "other-state",
  stateRegion: "eu-west-1",
  stateKey: "other/terraform.tfstate",
  stateKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
};

/** What a key needs beside it. */
const COMPANIONS: Partial<Config> = { stateBucket: "other-state", stateRegion: "eu-west-1" };

const KEYS = Object.keys(OTHER_VALUES) as (keyof Config)[];

function variable(key: string): string {
  return `TRAILWARDEN_${key.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}

function companionsOf(key: keyof Config): Partial<Config> {
  return key.startsWith("state") ? COMPANIONS : {};
}

test("without anything said every key but the optional names has a safe default", () => {
  expect(load({}).config).toEqual({
    region: "us-east-1",
    regions: "home",
    namePrefix: "trailwarden",
    trailName: "MyCloudTrail",
    alertsTopicName: "cloudtrail-alerts-demo",
    urgentTopicName: "APICallAlert",
    archiveTransitionDays: 90,
    archiveRetentionDays: 400,
    logGroupRetentionDays: 365,
    subscribers: [],
    channels: [],
    maxAlertsPerHour: 100,
    incidentMinutes: 60,
    packs: ["default"],
    disabledDetections: [],
    ruleBudget: 300,
    deployers: [],
    suppressions: [],
    resources: {
      archiveKey: { mode: "create" },
      bucket: { mode: "create" },
      trail: { mode: "create" },
      logGroup: { mode: "create" },
      deliveriesTopic: { mode: "create" },
      alertsTopic: { mode: "create" },
      urgentTopic: { mode: "create" },
    },
    rolePath: "/",
    accountNames: {},
    tags: { application: "trailwarden" },
  });
});

test("the tests below try every key that the schema knows", () => {
  expect([...KEYS].sort()).toEqual([...CONFIG_KEYS].sort());
});

describe.each(KEYS)("%s", (key) => {
  test("can be set in the context", () => {
    const { config } = load({ ...companionsOf(key), [key]: OTHER_VALUES[key] });

    expect(config[key]).toEqual(OTHER_VALUES[key]);
  });

  test("can be set in the environment, which wins over the context", () => {
    const value = OTHER_VALUES[key];
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const { config } = load({ ...companionsOf(key), [key]: false }, { [variable(key)]: text });

    expect(config[key]).toEqual(value);
  });

  test("counts as not set when its variable is empty", () => {
    const { config } = load({ ...companionsOf(key), [key]: OTHER_VALUES[key] }, { [variable(key)]: "" });

    expect(config[key]).toEqual(OTHER_VALUES[key]);
  });
});
