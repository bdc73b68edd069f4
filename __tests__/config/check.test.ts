import { expect, test } from "@jest/globals";
import { checkConfig, type GivenConfig } from "../../config/check";
import { ConfigurationError } from "../../config/errors";

test("fills in what is not given", () => {
  const { config, warnings } = checkConfig(
    { region: "eu-west-1", subscribers: [{ protocol: "email", endpoint: "oncall@example.com" }] },
    [],
  );

  expect(config).toMatchObject({
    region: "eu-west-1",
    namePrefix: "trailwarden",
    subscribers: [{ protocol: "email", endpoint: "oncall@example.com", minSeverity: "medium" }],
    resources: { trail: { mode: "create" } },
  });
  expect(warnings).toEqual([
    expect.stringMatching(/^deployers is empty/),
    expect.stringMatching(/^region is "eu-west-1"/),
  ]);
});

test("tells every problem, and takes nothing from the environment", () => {
  process.env.TRAILWARDEN_REGION = "eu-west-1";
  try {
    const given: GivenConfig = { region: "mars", disabledDetections: ["other"] };

    expect(() => checkConfig(given, ["one"])).toThrow(
      new ConfigurationError([
        'region is "mars": must be an AWS region such as us-east-1',
        'disabledDetections[0] is "other": unknown detection; did you mean one?',
      ]),
    );
    expect(checkConfig({}, []).config.region).toBe("us-east-1");
  } finally {
    delete process.env.TRAILWARDEN_REGION;
  }
});

test("refuses what JSON can't hold, and takes undefined for not given", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const refused: readonly (readonly [unknown, string])[] = [
    [{ tags: { team: () => "a" } }, "tags.team is a function: "],
    [{ maxAlertsPerHour: Number.NaN }, "maxAlertsPerHour is NaN: "],
    [{ suppressions: [cyclic] }, "suppressions[0].self is part of itself: "],
    [{ deployers: [undefined] }, "deployers[0] is undefined: "],
  ];
  for (const [given, problem] of refused) expect(() => checkConfig(given as GivenConfig, [])).toThrow(problem);

  const subscriber = { protocol: "email", endpoint: "a@example.com", minSeverity: undefined } as const;
  const given = { region: undefined, subscribers: [subscriber] } as unknown as GivenConfig;
  expect(checkConfig(given, []).config).toMatchObject({
    region: "us-east-1",
    subscribers: [{ minSeverity: "medium" }],
  });
});

test.each([null, [], "x", 1])("refuses %j for a configuration", (given) => {
  expect(() => checkConfig(given as unknown as GivenConfig, [])).toThrow(ConfigurationError);
});

test("takes no folder of detections: a program has them at hand", () => {
  expect(() => checkConfig({ detectionsFolder: "own" }, [])).toThrow(
    /^detectionsFolder is "own": not allowed in a program/,
  );
});

test("knows the keys' types", () => {
  const statement = { Sid: "Theirs", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" } as const;
  const bucket = { mode: "adopt", id: "our-logs", ownerStatements: [statement], absent: ["policy"] } as const;
  const given: GivenConfig = {
    resources: { bucket: { ...bucket, ownerStatements: [statement], absent: ["policy"] }, trail: { mode: "create" } },
    tags: { team: "security" },
    logGroupRetentionDays: 30,
  };
  expect(checkConfig(given, []).config.resources.bucket).toEqual(bucket);

  // @ts-expect-error region is text
  expect(() => checkConfig({ region: 1 }, [])).toThrow(ConfigurationError);
  // @ts-expect-error unknown key
  expect(() => checkConfig({ speed: 1 }, [])).toThrow(ConfigurationError);
  // @ts-expect-error a fax gets no alerts
  expect(() => checkConfig({ subscribers: [{ protocol: "fax", endpoint: "1" }] }, [])).toThrow(ConfigurationError);
});
