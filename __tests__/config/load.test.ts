import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type LoadedConfig, loadConfig } from "../../config/load";
import { CONFIG_KEYS, type Config } from "../../config/schema";
import { catalogue } from "../../lambda-src/detections/catalogue";
import { SEVERITIES } from "../../lambda-src/detections/detection";
import { problemsOf } from "./problem-lines";

type Environment = Readonly<Record<string, string>>;

const detectionIds = catalogue.map(({ id }) => id);

/** Another value than the default, for every key there is. */
const OTHER_VALUES: { readonly [Key in keyof Config]-?: NonNullable<Config[Key]> } = {
  region: "eu-central-1",
  namePrefix: "guard",
  trailName: "OtherTrail",
  bucketName: "other-bucket",
  alertsTopicName: "OtherAlerts",
  urgentTopicName: "OtherUrgent",
  archiveTransitionDays: 30,
  archiveRetentionDays: 1000,
  logGroupRetentionDays: 731,
  subscribers: [{ protocol: "email", endpoint: "oncall@example.com", minSeverity: "high" }],
  maxAlertsPerHour: 10_000,
  packs: ["cis", "strict"],
  disabledDetections: ["trail-stopped", "data-destroyed"],
  detectionsFolder: "own",
  ruleBudget: 2_000,
  deployers: ["arn:aws:iam::111122223333:role/deployer", "arn:aws-us-gov:iam::111122223333:user/ops/bob@example.com"],
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
  tags: { team: "security" },
  stateBucket: "other-state",
  stateRegion: "eu-west-1",
  stateKey: "other/terraform.tfstate",
  stateKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
};

/** What a key needs beside it. */
const COMPANIONS: Partial<Config> = { stateBucket: "other-state", stateRegion: "eu-west-1" };

const KEYS = Object.keys(OTHER_VALUES) as (keyof Config)[];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(context: object, environment: Environment = {}): LoadedConfig {
  return loadConfig({
    environment: { CDKTF_CONTEXT_JSON: JSON.stringify(context), ...environment },
    file: "not read",
    detectionIds,
    readDetections: () => ({ ids: [], problems: [] }),
  });
}

function loadFile(content: string, environment: Environment = {}): LoadedConfig {
  const file = join(folder, "cdktf.json");
  writeFileSync(file, content);
  return loadConfig({ environment, file, detectionIds });
}

function variable(key: string): string {
  return `TRAILWARDEN_${key.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}

function companionsOf(key: keyof Config): Partial<Config> {
  return key.startsWith("state") ? COMPANIONS : {};
}

test("without anything said every key but the optional names has a safe default", () => {
  expect(load({}).config).toEqual({
    region: "us-east-1",
    namePrefix: "trailwarden",
    trailName: "MyCloudTrail",
    alertsTopicName: "cloudtrail-alerts-demo",
    urgentTopicName: "APICallAlert",
    archiveTransitionDays: 90,
    archiveRetentionDays: 400,
    logGroupRetentionDays: 365,
    subscribers: [],
    maxAlertsPerHour: 100,
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

describe("the environment", () => {
  test("takes a list of detections with commas, spaces allowed", () => {
    const { config } = load({}, { TRAILWARDEN_DISABLED_DETECTIONS: "trail-stopped, data-destroyed" });

    expect(config.disabledDetections).toEqual(["trail-stopped", "data-destroyed"]);
  });

  test("takes a single detection", () => {
    expect(load({}, { TRAILWARDEN_DISABLED_DETECTIONS: "trail-stopped" }).config.disabledDetections).toEqual([
      "trail-stopped",
    ]);
  });

  test("takes a list of packs with commas", () => {
    expect(load({}, { TRAILWARDEN_PACKS: "cis, strict" }).config.packs).toEqual(["cis", "strict"]);
  });

  test("may hold a name of digits alone", () => {
    expect(load({}, { TRAILWARDEN_BUCKET_NAME: "20261121" }).config.bucketName).toBe("20261121");
  });

  test("of other programs is not read", () => {
    expect(load({}, { REGION: "eu-west-1", AWS_REGION: "eu-west-1" }).config.region).toBe("us-east-1");
  });
});

describe("the context", () => {
  test("is read from the file when the cdktf command hands none over", () => {
    expect(loadFile('{"app": "x", "context": {"namePrefix": "from-file"}}').config.namePrefix).toBe("from-file");
  });

  test("may be absent from the file", () => {
    expect(loadFile('{"app": "x"}').config.namePrefix).toBe("trailwarden");
  });

  test("that the cdktf command hands over is used instead of the file's", () => {
    const environment = { CDKTF_CONTEXT_JSON: '{"namePrefix": "handed-over"}' };

    expect(loadFile('{"context": {"namePrefix": "from-file"}}', environment).config.namePrefix).toBe("handed-over");
  });

  test("may hold CDKTF's own keys", () => {
    const own = { cdktfVersion: "0.21.0", cdktfJsonPath: "/x", cdktfRelativeModules: ["./"] };
    const flags = { excludeStackIdFromLogicalIds: "true", allowSepCharsInLogicalIds: "true" };

    expect(load({ ...own, ...flags }).config).toEqual(load({}).config);
  });
});

describe("detections of one's own", () => {
  const read = (ids: readonly string[], problems: readonly string[] = [], detectionsFolder = "own/rules") => {
    const folders: string[] = [];
    const given = { detectionsFolder, disabledDetections: ["ours", "data-destroyed"] };
    const load = () =>
      loadConfig({
        environment: { CDKTF_CONTEXT_JSON: JSON.stringify(given) },
        file: join("some", "where", "cdktf.json"),
        detectionIds,
        readDetections: (path) => {
          folders.push(path);
          return { ids, problems };
        },
      });
    return { folders, load };
  };

  test("are read from the folder as seen from the configuration's, and can be disabled", () => {
    const { folders, load } = read(["ours"]);

    expect(load().config.disabledDetections).toEqual(["ours", "data-destroyed"]);
    expect(folders).toEqual([join("some", "where", "own/rules")]);
  });

  test("may lie anywhere", () => {
    const { folders, load } = read(["ours"], [], "/elsewhere");

    load();
    expect(folders).toEqual(["/elsewhere"]);
  });

  test("are told of with the configuration's own problems", () => {
    const { load } = read([], ["own/rules/a.json: one", "own/rules/a.json: two"]);

    expect(problemsOf(load)).toEqual([
      expect.stringContaining('disabledDetections[0] is "ours"'),
      "own/rules/a.json: one",
      "own/rules/a.json: two",
    ]);
  });
});

test("an email address may hold an apostrophe", () => {
  const subscribers = [{ protocol: "email", endpoint: "o'brien@example.com", minSeverity: "low" }];

  expect(load({ subscribers }).config.subscribers).toEqual(subscribers);
});

test("a statement of the owner's is kept whole, its keys in the order in which they are written out", () => {
  const statement = { Principal: "*", Effect: "Deny", Action: "s3:*", Resource: "*", Sid: "Tls" };
  const resources = { bucket: { mode: "adopt", id: "old-logs", ownerStatements: [statement] } };

  expect(JSON.stringify(load({ resources }).config.resources.bucket)).toBe(
    JSON.stringify({
      mode: "adopt",
      id: "old-logs",
      ownerStatements: [{ Sid: "Tls", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
      absent: [],
    }),
  );
});

describe("minSeverity", () => {
  test.each(SEVERITIES)("may be %s", (minSeverity) => {
    const { config } = load({ subscribers: [{ protocol: "sms", endpoint: "+15555550100", minSeverity }] });

    expect(config.subscribers).toEqual([{ protocol: "sms", endpoint: "+15555550100", minSeverity }]);
  });

  test("knows exactly the severities that detections have", () => {
    const subscribers = [{ protocol: "sms", endpoint: "+15555550100", minSeverity: "loud" }];

    expect(() => load({ subscribers })).toThrow(new RegExp(`: ${SEVERITIES.join(", ")}$`));
  });

  test("is medium when not said", () => {
    const { config } = load({ subscribers: [{ protocol: "sms", endpoint: "+15555550100" }] });

    expect(config.subscribers).toEqual([{ protocol: "sms", endpoint: "+15555550100", minSeverity: "medium" }]);
  });
});

describe("warnings", () => {
  const subscribers = OTHER_VALUES.subscribers;
  const deployers = OTHER_VALUES.deployers;

  test("are not given for a sound configuration", () => {
    expect(load({ subscribers, deployers }).warnings).toEqual([]);
  });

  test("are given for alerts that reach nobody", () => {
    expect(load({ deployers }).warnings).toEqual([expect.stringMatching(/^subscribers is empty: alerts reach nobody/)]);
  });

  test("are given for a region that does not see global events", () => {
    expect(load({ subscribers, deployers, region: "eu-west-1" }).warnings).toEqual([
      expect.stringMatching(/^region is "eu-west-1": .* us-east-1 only/),
    ]);
  });

  test("are given for a retention under six months", () => {
    expect(load({ subscribers, deployers, archiveRetentionDays: 183 }).warnings).toEqual([
      expect.stringMatching(/^archiveRetentionDays is 183: .* six months/),
    ]);
    expect(load({ subscribers, deployers, archiveRetentionDays: 184 }).warnings).toEqual([]);
  });
});

describe("whatever the context holds", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "Z", "7", "-", "\n", "\r", '"', "${", "aws:", "é") });
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    text,
    fc.array(text),
    fc.dictionary(text, text),
    fc.array(fc.record({ protocol: fc.constantFrom("email", "sms", "https", "sqs", "fax"), endpoint: text })),
  );
  const key = fc.oneof({ arbitrary: fc.constantFrom(...KEYS), weight: 4 }, { arbitrary: text, weight: 1 });

  test("loading gives a configuration or says in whole lines what is wrong", () => {
    fc.assert(
      fc.property(fc.dictionary(key, value), (context) => {
        // Anything but a ConfigurationError comes through and fails the property.
        const problems = problemsOf(() => load(context));

        expect(problems.filter((line) => line === "" || /[\r\n]/.test(line))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
