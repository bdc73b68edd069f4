// Over 250 lines: every way in which either function gets to do less.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { besides, changed, entry, ids, NOTHING, outcome, planWith, review, valuesOf } from "./plans";

const FUNCTION = "aws_lambda_function.judge";
const ID = `${FUNCTION}#function-environment`;
const TOPIC = String(valuesOf("aws_sns_topic.alerts").arn);
const QUEUE = valuesOf("aws_sqs_queue.events");
const ORGANIZATION = JSON.stringify({ id: "o-a1b2c3d4e5", managementAccount: "111122223333" });
const OTHER = "arn:aws:sns:us-east-1:123456789012:other";

function environment(variables: object): Readonly<Record<string, unknown>> {
  return { environment: [{ variables }] };
}

describe("a function of anyone's", () => {
  const variables = { TOPIC, TABLE: "seen", LOG_LEVEL: "info", STAGE: "live" };
  const becomes = (after: object) => outcome(changed(FUNCTION, environment(after), environment(variables)));

  test.each([
    ["sends elsewhere", { ...variables, TOPIC: OTHER }],
    ["no longer knows where to send", { TABLE: "seen" }],
    ["has an empty topic", { ...variables, TOPIC: "" }],
    ["keeps nothing any more", { ...variables, TABLE: "" }],
  ])("that %s is refused", (_, after) => {
    expect(becomes(after)).toEqual({ refused: [ID], indeterminate: [] });
  });

  test("that loses its environment is refused", () => {
    expect(outcome(changed(FUNCTION, { environment: [] }, environment(variables))).refused).toEqual([ID]);
  });

  test("that has another table is indeterminate", () => {
    expect(becomes({ ...variables, TABLE: "other" })).toEqual({ refused: [], indeterminate: [ID] });
  });

  test("that has its topic under another name is indeterminate", () => {
    const twice = environment({ TOPIC, ALERTS_TOPIC: TOPIC });

    expect(becomes({ ALERTS_TOPIC: TOPIC, TABLE: "seen" })).toEqual({ refused: [], indeterminate: [ID] });
    expect(outcome(changed(FUNCTION, environment({ ALERTS_TOPIC: TOPIC }), twice)).refused).toEqual([ID]);
  });

  test.each([
    ["another level of logs", { ...variables, LOG_LEVEL: "debug" }],
    ["more variables", { ...variables, MORE: "x" }],
    ["fewer that name nothing", { TOPIC, TABLE: "seen" }],
    ["its table by ARN", { ...variables, TABLE: valuesOf("aws_dynamodb_table.seen").arn }],
  ])("that has %s is fine", (_, after) => {
    expect(becomes(after)).toEqual(NOTHING);
  });

  test("that sends to a topic of another state is known by the ARN", () => {
    const change = changed(FUNCTION, environment({ TO: `${OTHER}2` }), environment({ TO: OTHER }));

    expect(outcome(change).refused).toEqual([ID]);
  });

  test("that sends to a queue is known by its address", () => {
    const change = changed(FUNCTION, environment({ TO: `${QUEUE.url}2` }), environment({ TO: QUEUE.url }));

    expect(outcome(change).refused).toEqual([ID]);
  });

  test.each([
    ["a variable", { environment: [{ variables: { TOPIC: true } }] }],
    ["all variables", { environment: [{ variables: true }] }],
    ["the whole environment", { environment: true }],
  ])("of which %s is known after apply only is indeterminate", (_, after_unknown) => {
    const values = { ...valuesOf(FUNCTION), ...environment(variables) };
    const after = { ...values, environment: [{ variables: { ...variables, TOPIC: undefined } }] };

    expect(outcome(entry(FUNCTION, ["update"], values, after, { after_unknown }))).toEqual({
      refused: [],
      indeterminate: [ID],
    });
  });

  test("whose environment is sensitive shows none of it", () => {
    const values = { ...valuesOf(FUNCTION), ...environment(variables) };
    const after = { ...values, ...environment({ ...variables, TOPIC: OTHER }) };
    const sensitive = { environment: [{ variables: true }] };
    const { refused } = review(
      planWith([
        entry(FUNCTION, ["update"], values, after, { before_sensitive: sensitive, after_sensitive: sensitive }),
      ]),
    );

    expect(ids(refused)).toEqual([ID]);
    expect(JSON.stringify(refused.map(({ findings }) => findings))).not.toContain(OTHER);
  });
});

describe("this stack's function", () => {
  const variables = {
    SNS_TOPIC_ARN: TOPIC,
    SEEN_TABLE: "seen",
    PACKS: '["default","cis"]',
    DISABLED_DETECTIONS: "config-changed",
    MAX_ALERTS_PER_HOUR: "100",
    INCIDENT_MINUTES: "60",
    MAX_RECEIVES: "5",
    DEAD_LETTER_QUEUES: JSON.stringify({ [String(QUEUE.arn)]: "https://sqs/dead" }),
    METRICS_NAMESPACE: "trailwarden",
  };
  const packed = (...ids: readonly string[]) => gzipSync(JSON.stringify(ids.map((id) => ({ id })))).toString("base64");
  const becomes = (after: object, before: object = {}) =>
    outcome(
      changed(FUNCTION, environment({ ...variables, ...before, ...after }), environment({ ...variables, ...before })),
    );

  test.each<readonly [string, object, object?]>([
    ["fewer packs", { PACKS: '["default"]' }],
    ["more detections switched off", { DISABLED_DETECTIONS: "config-changed,guardduty-disabled" }],
    ["other detections switched off", { DISABLED_DETECTIONS: "guardduty-disabled" }],
    ["fewer alerts an hour", { MAX_ALERTS_PER_HOUR: "99" }],
    ["the usual number of alerts, which is less", { MAX_ALERTS_PER_HOUR: "" }, { MAX_ALERTS_PER_HOUR: "500" }],
    ["a suppression", { SUPPRESSIONS: packed("a") }],
    ["another suppression", { SUPPRESSIONS: packed("b") }, { SUPPRESSIONS: packed("a") }],
    ["fewer tries", { MAX_RECEIVES: "1" }],
    ["dead letters that go elsewhere", { DEAD_LETTER_QUEUES: `{"${QUEUE.arn}":"https://sqs/other"}` }],
    ["fewer regions", { REGIONS: "us-east-1,eu-west-1" }, { REGIONS: "us-east-1,eu-west-1,eu-west-2" }],
    ["other regions", { REGIONS: "us-east-1,eu-west-2" }, { REGIONS: "us-east-1,eu-west-1" }],
    ["no regions", { REGIONS: "" }, { REGIONS: "us-east-1,eu-west-1" }],
    ["no organization", { ORGANIZATION: "" }, { ORGANIZATION }],
    ["another organization", { ORGANIZATION: ORGANIZATION.replace("o-a1", "o-b2") }, { ORGANIZATION }],
    ["an organization that it can't read", { ORGANIZATION: "o-a1b2c3d4e5" }, { ORGANIZATION }],
    ["a list that it can't read", { PACKS: "cis" }],
    ["incidents of a length that it can't read", { INCIDENT_MINUTES: "1h" }],
    ["a number that it can't read", { MAX_ALERTS_PER_HOUR: "a few" }],
  ])("with %s is refused", (_, after, before = {}) => {
    expect(becomes(after, before)).toEqual({ refused: [ID], indeterminate: [] });
  });

  test.each<readonly [string, object, object?]>([
    ["every pack", { PACKS: '["strict"]' }],
    ["more packs", { PACKS: '["cis","default","strict"]' }],
    ["fewer detections switched off", { DISABLED_DETECTIONS: "" }],
    ["the same ones in another order", { DISABLED_DETECTIONS: "b, a" }, { DISABLED_DETECTIONS: "a,b" }],
    ["fewer suppressions", { SUPPRESSIONS: packed("b") }, { SUPPRESSIONS: packed("a", "b") }],
    ["more alerts an hour", { MAX_ALERTS_PER_HOUR: "1000" }],
    ["more regions", { REGIONS: "eu-west-1,us-east-1" }, { REGIONS: "us-east-1" }],
    ["its first regions", { REGIONS: "us-east-1,eu-west-1" }],
    ["an organization", { ORGANIZATION }],
    ["shorter incidents, of which every alert is sent all the same", { INCIDENT_MINUTES: "5" }],
    ["longer incidents", { INCIDENT_MINUTES: "1440" }],
    ["no address for dead letters, which SQS then moves", { DEAD_LETTER_QUEUES: "{}" }],
  ])("with %s is fine", (_, after, before = {}) => {
    expect(becomes(after, before)).toEqual(NOTHING);
  });

  test("that was not able to start before is not compared with what it was configured to do", () => {
    expect(becomes({ PACKS: '["cis"]' }, { PACKS: "nothing" })).toEqual(NOTHING);
  });

  test("is evaluated by what is known where something isn't", () => {
    const before = { ...valuesOf(FUNCTION), ...environment(variables) };
    const after = { ...before, ...environment({ ...variables, DISABLED_DETECTIONS: "a", NAMES: null }) };
    const after_unknown = { environment: [{ variables: { NAMES: true } }] };

    expect(outcome(entry(FUNCTION, ["update"], before, after, { after_unknown }))).toEqual({
      refused: [ID],
      indeterminate: [ID],
    });
  });
});

describe("the notifier", () => {
  const slack = { id: "slack-1", type: "slack", secret: "chat", minSeverity: "medium", settings: { channel: "C01" } };
  const pager = { id: "pagerduty-1", type: "pagerduty", minSeverity: "high", settings: {} };
  const variables = (channels: unknown) => ({
    QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/123456789012/channels",
    SEEN_TABLE: "seen",
    CHANNELS: typeof channels === "string" ? channels : JSON.stringify(channels),
  });
  const found = (before: unknown, after: unknown) =>
    review(planWith([changed(FUNCTION, environment(variables(after)), environment(variables(before)))]));
  const one = (over: object) => [{ ...slack, ...over }, pager];

  test.each<readonly [string, readonly object[], unknown, readonly string[]]>([
    ["removed", [slack, pager], [pager], ["A channel is removed, or has another secret or settings"]],
    ["elsewhere", [slack], [{ ...slack, id: "slack-2" }], ["A channel is removed, or has another secret or settings"]],
    ["of a higher severity", one({}), one({ minSeverity: "high" }), ["The minimum severity on a channel is raised"]],
    ["of no severity", one({}), one({ minSeverity: "none" }), ["The minimum severity on a channel is raised"]],
    ["of a prototype's", one({}), one({ minSeverity: "constructor" }), ["The minimum severity on a channel is raised"]],
    [
      "of one organizational unit",
      one({}),
      one({ organizationalUnits: ["ou-1"] }),
      ["A channel receives alerts of fewer organizational units"],
    ],
    [
      "of accounts with another tag",
      one({ accountTags: { env: "prod" } }),
      one({ accountTags: { env: "test" } }),
      ["A channel receives alerts of accounts with more tags only"],
    ],
    ["of some accounts", one({}), one({ accounts: ["1", "2"] }), ["A channel receives alerts of fewer accounts"]],
    [
      "of fewer accounts",
      one({ accounts: ["1", "2"] }),
      one({ accounts: ["2", "3"] }),
      ["A channel receives alerts of fewer accounts"],
    ],
    ["of some detections", one({}), one({ detections: ["a"] }), ["A channel receives alerts of fewer detections"]],
    [
      "of fewer detections",
      one({ detections: ["a", "b"] }),
      one({ detections: ["a"] }),
      ["A channel receives alerts of fewer detections"],
    ],
    [
      "of escalations only",
      one({}),
      one({ escalateAfterMinutes: 5 }),
      ["A channel receives only critical alerts that no one acknowledges"],
    ],
    [
      "of later escalations",
      one({ escalateAfterMinutes: 15 }),
      one({ escalateAfterMinutes: 16 }),
      ["Alerts escalate to a channel later"],
    ],
    [
      "less in every way",
      [slack, pager],
      [{ ...slack, minSeverity: "critical", accounts: ["1"], detections: ["a"], escalateAfterMinutes: 5 }],
      [
        "The minimum severity on a channel is raised",
        "A channel receives alerts of fewer accounts",
        "A channel receives alerts of fewer detections",
        "A channel receives only critical alerts that no one acknowledges",
        "A channel is removed, or has another secret or settings",
      ],
    ],
    ["unreadable", [slack], "[", ["The function cannot start because a variable is missing or invalid"]],
    ["none", [slack], [], ["The function cannot start because a variable is missing or invalid"]],
  ])("with a channel that is %s is refused, with what it is", (_, before, after, ways) => {
    const { refused } = found(before, after);

    expect(ids(refused)).toEqual([ID]);
    expect(refused.flatMap(({ findings }) => findings.map(({ what }) => what))).toEqual(ways);
  });

  test.each<readonly [string, readonly object[], readonly object[]]>([
    ["one more", [slack], [slack, pager]],
    ["another order", [slack, pager], [pager, slack]],
    ["a lower severity", one({}), one({ minSeverity: "low" })],
    ["more accounts", one({ accounts: ["1"] }), one({ accounts: ["2", "1"] })],
    ["all accounts", one({ accounts: ["1"] }), one({})],
    ["accounts of a tag less", one({ accountTags: { env: "prod", a: "b" } }), one({ accountTags: { a: "b" } })],
    ["all organizational units", one({ organizationalUnits: ["ou-1"] }), one({})],
    ["more detections", one({ detections: ["a"] }), one({ detections: ["b", "a"] })],
    ["all detections", one({ detections: ["a"] }), one({})],
    ["an earlier escalation", one({ escalateAfterMinutes: 15 }), one({ escalateAfterMinutes: 5 })],
    ["each alert at once", one({ escalateAfterMinutes: 15 }), one({})],
  ])("with %s is fine", (_, before, after) => {
    const { refused, indeterminate } = found(before, after);

    expect([...refused, ...indeterminate]).toEqual([]);
  });

  test("whose channels are known after apply only is indeterminate, once", () => {
    const before = { ...valuesOf(FUNCTION), ...environment(variables([slack])) };
    const after = { ...before, ...environment({ ...variables([slack]), CHANNELS: null }) };
    const after_unknown = { environment: [{ variables: { CHANNELS: true } }] };

    expect(outcome(entry(FUNCTION, ["update"], before, after, { after_unknown }))).toEqual({
      refused: [],
      indeterminate: [ID],
    });
  });
});

describe("a function's log", () => {
  const log = (log_group: string, more: object = {}) => ({
    logging_config: [{ log_group, log_format: "Text", ...more }],
  });
  const filter = (type: string, log_group_name: string) =>
    besides(`aws_cloudwatch_log_${type}_filter.f`, { log_group_name });
  const LOG = `${FUNCTION}#function-log`;

  test.each([
    ["where it counts", "metric", "/judge", log("/judge"), log("/other")],
    ["from which it is read", "subscription", "/judge", log("/judge"), log("/other")],
    ["that Lambda names", "metric", "/aws/lambda/judge", { logging_config: [] }, log("/other")],
  ])("that leaves the group %s is refused", (_, type, group, before, after) => {
    const found = outcome(
      besides("aws_cloudwatch_log_group.judge", { name: group }),
      filter(type, group),
      changed(FUNCTION, after, before),
    );

    expect(found).toEqual({ refused: [LOG], indeterminate: [] });
  });

  test.each<readonly [string, object, object?]>([
    ["in another form", { log_format: "JSON" }],
    ["of another level", { log_format: "JSON", application_log_level: "FATAL" }, { log_format: "JSON" }],
  ])("%s is indeterminate", (_, after, before = {}) => {
    expect(outcome(filter("metric", "/judge"), changed(FUNCTION, log("/judge", after), log("/judge", before)))).toEqual(
      {
        refused: [],
        indeterminate: [LOG],
      },
    );
  });

  test("in the form that it has by default is fine", () => {
    const change = changed(FUNCTION, log("/aws/lambda/judge"), { logging_config: [] });

    expect(outcome(filter("metric", "/aws/lambda/judge"), change)).toEqual(NOTHING);
  });

  test("in which nothing counts may go anywhere", () => {
    expect(outcome(filter("metric", "/other"), changed(FUNCTION, log("/new"), log("/judge")))).toEqual(NOTHING);
  });
});

test.each([
  ["REGIONS", "us-east-1", "The function no longer reports that events of some regions come late"],
  ["ORGANIZATION", "", "The function no longer notices that a member account sends no log files"],
])("what less %s means is said", (name, less, what) => {
  const before = {
    ...{ SNS_TOPIC_ARN: TOPIC, SEEN_TABLE: "seen", REGIONS: "us-east-1,eu-west-1", ORGANIZATION },
    METRICS_NAMESPACE: "trailwarden",
  };
  const { refused } = review(
    planWith([changed(FUNCTION, environment({ ...before, [name]: less }), environment(before))]),
  );

  expect(refused.flatMap(({ findings }) => findings.map((finding) => finding.what))).toEqual([
    expect.stringContaining(what),
  ]);
});
