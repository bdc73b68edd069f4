// Over 250 lines: every source of a configuration, on one set of files.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { loadConfig } from "../../config/load";
import type { LoadedConfig } from "../../config/parse";
import { CONFIG_KEYS } from "../../config/schema";
import { SEVERITIES } from "../../detection/definition/detection";
import { propertyRuns } from "../property-runs";
import { detectionIds, type Environment, load } from "./load-context";
import { problemsOf } from "./problem-lines";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function loadFile(content: string, environment: Environment = {}): LoadedConfig {
  const file = join(folder, "cdktf.json");
  writeFileSync(file, content);
  return loadConfig({ environment, file, detectionIds });
}

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

test.each([
  { rolePath: "/" },
  { rolePath: "/security/" },
  { rolePath: "/a/b_c+=,.@-/" },
  { rolePath: `/${"x".repeat(510)}/` },
  { permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary" },
  { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" },
  { region: "us-gov-west-1", permissionsBoundary: "arn:aws-us-gov:iam::111122223333:policy/team/boundary" },
])("roles may have %j", (context) => {
  expect(load(context).config).toMatchObject(context);
});

describe("warnings", () => {
  const subscribers = [{ protocol: "email", endpoint: "oncall@example.com" }];
  const deployers = ["arn:aws:iam::111122223333:role/deployer"];

  test("are not given for a sound configuration", () => {
    expect(load({ subscribers, deployers }).warnings).toEqual([]);
  });

  test("say of a queue that its region is not known", () => {
    const endpoint = "arn:aws:sqs:eu-west-9:111122223333:alerts";

    expect(load({ subscribers: [{ protocol: "sqs", endpoint }], deployers }).warnings).toEqual([
      expect.stringMatching(/"eu-west-9" is an unknown region .*; the queue lies in eu-west-9/),
    ]);
  });

  test("are given for alerts that reach nobody", () => {
    expect(load({ deployers }).warnings).toEqual([
      expect.stringMatching(/^subscribers is empty: no one receives alerts/),
    ]);
  });

  test.each([
    ["us-gov-east-1", "us-gov-west-1"],
    ["eu-central-1", "us-east-1"],
  ])("say where global events are seen from %s: %s", (region, globalEvents) => {
    expect(load({ subscribers, deployers: [], region }).warnings).toContainEqual(
      expect.stringMatching(new RegExp(`^region is "${region}": EventBridge sees .* in ${globalEvents} only; `)),
    );
  });

  test.each(["us-east-1", "us-gov-west-1"])("are not given for %s, which sees them", (region) => {
    expect(load({ subscribers, deployers: [], region }).warnings).not.toContainEqual(expect.stringMatching(/^region/));
  });

  test("name the nearest of a region that is not known, in its partition", () => {
    const warnings = (region: string) =>
      load({ subscribers, region }).warnings.filter((line) => line.includes("unknown region"));

    expect(warnings("eu-west-9")).toEqual([
      expect.stringMatching(
        /^region is "eu-west-9": is an unknown region \(.*\); did you mean eu-west-1, eu-west-2, eu-west-3\? /,
      ),
    ]);
    expect(warnings("us-gov-west-2")).toEqual([expect.stringContaining("did you mean us-gov-west-1, us-gov-east-1?")]);
    expect(load({ subscribers, deployers, stateBucket: "state", stateRegion: "eu-west-9" }).warnings).toEqual([
      expect.stringMatching(/^stateRegion is "eu-west-9": is an unknown region/),
    ]);
  });

  test("are given for a queue in another region, and for a password in an address", () => {
    const endpoints = [
      { protocol: "sqs", endpoint: "arn:aws:sqs:eu-west-1:111122223333:alerts" },
      { protocol: "https", endpoint: "https://bob:secret@siem.example.com/" },
    ];

    const { warnings } = load({ subscribers: endpoints, deployers });

    expect(warnings).toEqual([
      expect.stringMatching(/^subscribers\[0\]\.endpoint is .*: the queue lies in eu-west-1, the topics in us-east-1/),
      expect.stringMatching(/^subscribers\[1\]\.endpoint holds a user name or password/),
    ]);
    expect(warnings.join()).not.toContain("secret");
  });

  test("are given for a region that does not see global events", () => {
    expect(load({ subscribers, deployers, region: "eu-west-1" }).warnings).toEqual([
      expect.stringMatching(/^region is "eu-west-1": .* us-east-1 only/),
    ]);
  });

  test("name the partition's own region and ARNs", () => {
    expect(load({ subscribers, region: "us-gov-east-1" }).warnings).toEqual([
      expect.stringMatching(/"arn:aws-us-gov:iam::111122223333:role\/deployer"$/),
      expect.stringMatching(/^region is "us-gov-east-1": .* us-gov-west-1 only/),
    ]);
    const inGovCloud = ["arn:aws-us-gov:iam::111122223333:role/deployer"];
    expect(load({ subscribers, deployers: inGovCloud, region: "us-gov-west-1" }).warnings).toEqual([]);
  });

  test("are given for a retention under six months", () => {
    expect(load({ subscribers, deployers, archiveRetentionDays: 183 }).warnings).toEqual([
      expect.stringMatching(/^archiveRetentionDays is 183: .* six months/),
    ]);
    expect(load({ subscribers, deployers, archiveRetentionDays: 184 }).warnings).toEqual([]);
  });

  describe("for a prefix of one's own beside names that the first deployment in the account has", () => {
    const warningsOf = (context: object) => load({ subscribers, deployers, ...context }).warnings;
    const names = { trailName: "guard-trail", alertsTopicName: "guard-alerts", urgentTopicName: "guard-urgent" };

    test("are given once, with all of them and what to set", () => {
      expect(warningsOf({ namePrefix: "guard" })).toEqual([
        'namePrefix is "guard", but these names are the defaults: trailName "MyCloudTrail", alertsTopicName "cloudtrail-alerts-demo", urgentTopicName "APICallAlert"; a second deployment in the same account and region collides with the first: set for example "trailName": "guard-trail", "alertsTopicName": "guard-alerts", "urgentTopicName": "guard-urgent"',
      ]);
    });

    test("name those alone that are left", () => {
      const { urgentTopicName, ...others } = names;

      expect(warningsOf({ namePrefix: "guard", ...others })).toEqual([
        expect.stringMatching(/defaults: urgentTopicName "APICallAlert";.*"urgentTopicName": "guard-urgent"$/),
      ]);
      expect(warningsOf({ namePrefix: "guard", ...names })).toEqual([]);
    });

    test("are not given for what is there already and so has its own name", () => {
      const trail = { mode: "adopt", id: "arn:aws:cloudtrail:us-east-1:111122223333:trail/MyCloudTrail" };

      expect(warningsOf({ namePrefix: "guard", ...names, trailName: "MyCloudTrail", resources: { trail } })).toEqual(
        [],
      );
    });

    test("are not given for the default prefix, whatever the names", () => {
      expect(warningsOf(names)).toEqual([]);
    });
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
  const key = fc.oneof({ arbitrary: fc.constantFrom(...CONFIG_KEYS), weight: 4 }, { arbitrary: text, weight: 1 });

  test("loading gives a configuration or says in whole lines what is wrong", () => {
    fc.assert(
      fc.property(fc.dictionary(key, value), (context) => {
        // Anything but a ConfigurationError comes through and fails the property.
        const problems = problemsOf(() => load(context));

        expect(problems.filter((line) => line === "" || /[\r\n]/.test(line))).toEqual([]);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});
