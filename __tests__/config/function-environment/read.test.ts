import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { GIVEN, NAMES } from "../../../config/custom-detections/fixture-names";
import { readEnvironment } from "../../../config/function-environment/read";
import { EnvironmentError } from "../../../config/function-environment/variable";

const TOPIC = "arn:aws:sns:us-east-1:111122223333:alerts";
const NEEDED = { SNS_TOPIC_ARN: TOPIC, SEEN_TABLE: "acme-seen" };

describe("readEnvironment", () => {
  test("needs a topic and a table, and has a value for everything else", () => {
    expect(readEnvironment(NEEDED)).toEqual({
      topicArn: TOPIC,
      seenTable: "acme-seen",
      packs: ["default"],
      accountTags: [],
      regions: [],
      disabledDetections: [],
      suppressions: [],
      maxAlertsPerHour: 100,
      incidentMinutes: 60,
      deadLetterQueues: {},
      maxReceives: 5,
      metricsNamespace: "trailwarden",
      labels: { accountNames: {} },
      names: {},
    });
  });

  test("takes what the construct sets", () => {
    const queues = { "arn:aws:sqs:us-east-1:111122223333:events": "https://sqs.example/events-dlq" };

    expect(
      readEnvironment({
        ...NEEDED,
        PACKS: '["cis","strict"]',
        DISABLED_DETECTIONS: "trail-stopped, data-destroyed,",
        MAX_ALERTS_PER_HOUR: "10000",
        INCIDENT_MINUTES: "5",
        DEAD_LETTER_QUEUES: JSON.stringify(queues),
        MAX_RECEIVES: "1",
        METRICS_NAMESPACE: "acme",
        REGIONS: "us-east-1,eu-west-1",
        ORGANIZATION: '{"id":"o-a1b2c3d4e5","managementAccount":"111122223333"}',
      }),
    ).toMatchObject({
      packs: ["cis", "strict"],
      disabledDetections: ["trail-stopped", "data-destroyed"],
      maxAlertsPerHour: 10_000,
      incidentMinutes: 5,
      deadLetterQueues: queues,
      maxReceives: 1,
      metricsNamespace: "acme",
      regions: ["us-east-1", "eu-west-1"],
      organization: { id: "o-a1b2c3d4e5", managementAccount: "111122223333" },
    });
  });

  test("unpacks suppressions, whatever is in the list", () => {
    const packed = (value: unknown) => gzipSync(JSON.stringify(value)).toString("base64");
    const suppressions = (SUPPRESSIONS: string) => readEnvironment({ ...NEEDED, SUPPRESSIONS }).suppressions;

    expect(suppressions(packed([{ id: "a" }, 1]))).toEqual([{ id: "a" }, 1]);
    expect(suppressions("")).toEqual([]);
    expect(suppressions(packed({ id: "a" }))).toBeUndefined();
    expect(suppressions('[{"id":"a"}]')).toBeUndefined();
    expect(suppressions(gzipSync("[").toString("base64"))).toBeUndefined();
  });

  test("takes names of accounts and a time zone", () => {
    const { labels } = readEnvironment({
      ...NEEDED,
      ACCOUNT_NAMES: '{"111122223333":"prod"}',
      TIME_ZONE: "Asia/Tokyo",
    });

    expect(labels).toEqual({ accountNames: { "111122223333": "prod" }, timeZone: "Asia/Tokyo" });
  });

  test.each([
    { ACCOUNT_NAMES: "{", TIME_ZONE: "Mars/Olympus" },
    { ACCOUNT_NAMES: '{"111122223333":5}', TIME_ZONE: " " },
    { ACCOUNT_NAMES: "[]" },
  ])("goes on without labels where they can't be used: %j", (variables) => {
    expect(readEnvironment({ ...NEEDED, ...variables }).labels).toEqual({ accountNames: {} });
  });

  test.each([
    "arn:aws-cn:sns:cn-north-1:111122223333:alerts",
    "arn:aws-us-gov:sns:us-gov-west-1:111122223333:alerts.fifo",
  ])("takes the topic %s", (topicArn) => {
    expect(readEnvironment({ ...NEEDED, SNS_TOPIC_ARN: topicArn }).topicArn).toBe(topicArn);
  });

  test.each(["SNS_TOPIC_ARN", "SEEN_TABLE"])("says what %s must hold where it is missing or empty", (name) => {
    for (const value of [undefined, ""]) {
      expect(() => readEnvironment({ ...NEEDED, [name]: value })).toThrow(`${name} is not set: it must hold the `);
    }
  });

  test.each([
    ["SNS_TOPIC_ARN", "alerts", "a topic's ARN"],
    ["SNS_TOPIC_ARN", "arn:aws:sns:::alerts", "a topic's ARN"],
    ["SNS_TOPIC_ARN", "arn:aws:sqs:us-east-1:111122223333:alerts", "a topic's ARN"],
    ["SNS_TOPIC_ARN", `${TOPIC}:0b1c2d3e-0000-4000-8000-000000000001`, "a topic's ARN"],
    ...["0", "-1", "1.5", "1e3", "ten", " 5", "10001", "99999999999999999999"].map(
      (value) => ["MAX_ALERTS_PER_HOUR", value, "a whole number from 1 to 10000"] as const,
    ),
    ...["{", "{}", '"cis"', '["cis","own"]', "[1]", "cis"].map(
      (value) => ["PACKS", value, "a JSON list of default, cis, strict"] as const,
    ),
    ["MAX_RECEIVES", "0", "a whole number from 1 to 1000"],
    ["MAX_RECEIVES", "five", "a whole number from 1 to 1000"],
    ...["{", "null", "7", '"text"', "[]", '["https://sqs.example"]', '{"a":1}', '{"a":""}', '{"a":null}'].map(
      (value) => ["DEAD_LETTER_QUEUES", value, "a JSON object from queue ARNs to queue addresses"] as const,
    ),
  ])("refuses %s %j, quoting it", (name, value, needed) => {
    const read = () => readEnvironment({ ...NEEDED, [name]: value });

    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(`${name} is ${JSON.stringify(value)}: it must hold ${needed}`);
  });

  test("tells from the names and the topic's ARN what every placeholder stands for", () => {
    const { partition, account, region, alertsTopic, ...names } = GIVEN;
    const SNS_TOPIC_ARN = `arn:${partition}:sns:${region}:${account}:${alertsTopic}`;

    expect(readEnvironment({ ...NEEDED, SNS_TOPIC_ARN, NAMES: JSON.stringify(names) }).names).toEqual(NAMES);
  });

  test("takes the path of the monitor's roles, where it is not /", () => {
    const names = JSON.stringify({ ...GIVEN, rolePath: "/security/" });

    expect(readEnvironment({ ...NEEDED, NAMES: names }).names.rolePath).toBe("/security/");
    expect(() => readEnvironment({ ...NEEDED, NAMES: JSON.stringify({ ...GIVEN, rolePath: 1 }) })).toThrow(
      "and rolePath, trailAccount, deliveriesTopicAccount, logFolder if any",
    );
  });

  test.each([
    ["trailAccount", "trailArn", "arn:aws:cloudtrail:us-east-1:444455556666:trail/MyCloudTrail"],
    ["deliveriesTopicAccount", "deliveriesTopicArn", "arn:aws:sns:us-east-1:444455556666:trailwarden-deliveries"],
  ] as const)("takes the %s, where it is another's", (name, placeholder, arn) => {
    const read = (value: unknown) => readEnvironment({ ...NEEDED, NAMES: JSON.stringify({ ...GIVEN, [name]: value }) });

    expect(read("444455556666").names[placeholder]).toBe(arn);
    expect(() => read(444455556666)).toThrow("trailAccount, deliveriesTopicAccount, logFolder if any");
  });

  test.each(["[]", "{", "{}", JSON.stringify({ ...GIVEN, bucket: "" }), JSON.stringify({ ...GIVEN, trail: 1 })])(
    "refuses %s for names",
    (names) => {
      expect(() => readEnvironment({ ...NEEDED, NAMES: names })).toThrow(
        /^NAMES is ".*": it must hold a JSON object with texts for prefix, bucket, /,
      );
    },
  );

  test("quotes no more of a long value than somebody reads", () => {
    expect(() => readEnvironment({ ...NEEDED, DEAD_LETTER_QUEUES: "x".repeat(10_000) })).toThrow(
      /^DEAD_LETTER_QUEUES is "x{200}": it must/,
    );
  });
});
