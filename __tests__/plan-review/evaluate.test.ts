import { describe, expect, test } from "@jest/globals";
import { changed, type Entry, entry, ids, planWith, review, valuesOf } from "./plans";

const TRAIL = "module.audit.aws_cloudtrail.main";
const RULE = 'aws_cloudwatch_event_rule.users["iam"]';
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration.audit";

function checksOf(change: Entry): readonly (string | undefined)[] {
  return ids(review(planWith([change])).refused).map((id) => id.split("#").at(-1));
}

describe("event selectors", () => {
  type Field = Readonly<Record<string, unknown>>;
  const management = (...fields: readonly Field[]) => ({
    field_selector: [{ field: "eventCategory", equals: ["Management"] }, ...fields],
  });
  const data = {
    field_selector: [
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
    ],
  };
  const basic = (read_write_type: string, more: Field = {}) => ({
    read_write_type,
    include_management_events: true,
    exclude_management_event_sources: [],
    ...more,
  });

  test.each([
    ["both halves", { event_selector: [basic("ReadOnly"), basic("WriteOnly")] }],
    ["all, in advanced selectors", { advanced_event_selector: [management(), data] }],
    [
      "both halves, in advanced selectors",
      {
        advanced_event_selector: [
          management({ field: "readOnly", equals: ["true"] }),
          management({ field: "readOnly", equals: ["false"] }),
        ],
      },
    ],
    [
      "what one leaves out and another one has",
      {
        advanced_event_selector: [
          management({ field: "eventSource", not_equals: ["kms.amazonaws.com"] }),
          management(),
        ],
      },
    ],
  ])("that have %s drop nothing", (_, selectors) => {
    expect(checksOf(changed(TRAIL, selectors))).toEqual([]);
  });

  test.each([
    ["only data events", { advanced_event_selector: [data] }],
    ["only data events, in basic ones", { event_selector: [basic("All", { include_management_events: false })] }],
    ["only writes", { advanced_event_selector: [management({ field: "readOnly", equals: ["false"] })] }],
    [
      "only writes, said otherwise",
      { advanced_event_selector: [management({ field: "readOnly", not_equals: ["true"] })] },
    ],
    [
      "all but a source",
      { advanced_event_selector: [management({ field: "eventSource", not_equals: ["kms.amazonaws.com"] })] },
    ],
    ["one source", { advanced_event_selector: [management({ field: "eventSource", equals: ["iam.amazonaws.com"] })] }],
    [
      "some actors",
      { advanced_event_selector: [management({ field: "userIdentity.arn", not_starts_with: ["arn:aws:sts::1:"] })] },
    ],
    [
      "all but a source, in basic ones",
      { event_selector: [basic("All", { exclude_management_event_sources: ["kms.amazonaws.com"] })] },
    ],
  ])("that have %s are refused", (_, selectors) => {
    expect(checksOf(changed(TRAIL, selectors))).toEqual(["trail-selectors"]);
  });

  test("that have no fields where fields should be are read as far as they go", () => {
    const selector = { field_selector: [...management().field_selector, null] };

    expect(checksOf(changed(TRAIL, { advanced_event_selector: [selector] }))).toEqual(["trail-selectors"]);
  });

  test("that left something out before may go on so", () => {
    const without = [
      basic("All", { exclude_management_event_sources: ["kms.amazonaws.com", "rdsdata.amazonaws.com"] }),
    ];
    const fewer = [basic("All", { exclude_management_event_sources: ["kms.amazonaws.com"] })];

    expect(checksOf(changed(TRAIL, { event_selector: fewer }, { event_selector: without }))).toEqual([]);
  });
});

describe("a bucket's lifecycle", () => {
  const rule = (days: number | undefined, more: object = {}) => ({
    status: "Enabled",
    filter: [{ prefix: "" }],
    expiration: days === undefined ? [] : [{ days, date: null }],
    noncurrent_version_expiration: [],
    ...more,
  });
  const rules = (before: readonly object[], after: readonly object[]) =>
    checksOf(changed(LIFECYCLE, { rule: after }, { rule: before }));

  test.each([
    ["a longer time", [rule(30)], [rule(60)]],
    ["a rule that goes", [rule(30), rule(10)], [rule(10)]],
    ["a rule that is switched off", [rule(30)], [rule(30, { status: "Disabled" })]],
    ["a transition", [rule(30)], [rule(30, { transition: [{ days: 1, storage_class: "GLACIER_IR" }] })]],
    [
      "a late one to where it isn't read",
      [rule(30)],
      [rule(30, { transition: [{ days: 14, storage_class: "GLACIER" }] })],
    ],
    ["the same for a part", [rule(30)], [rule(30), rule(60, { filter: [{ prefix: "AWSLogs/" }] })]],
    ["another name", [rule(30, { id: "a" })], [rule(30, { id: "b" })]],
    [
      "a change of what is already taken sooner",
      [rule(30), rule(400, { filter: [{ prefix: "x" }] })],
      [rule(30), rule(90, { filter: [{ prefix: "x" }] })],
    ],
  ])("may have %s", (_, before, after) => {
    expect(rules(before, after)).toEqual([]);
  });

  test.each([
    ["a shorter time", [rule(30)], [rule(29)]],
    ["a shorter time for a part", [rule(30)], [rule(30), rule(10, { filter: [{ prefix: "AWSLogs/" }] })]],
    ["the same time for more", [rule(30, { filter: [{ prefix: "tmp/" }] })], [rule(30)]],
    ["the same time for other tags", [rule(30, { filter: [{ tag: [{ key: "a", value: "b" }] }] })], [rule(30)]],
    ["a first rule", [], [rule(400)]],
    ["a rule that is switched on", [rule(30, { status: "Disabled" })], [rule(30)]],
    ["a date", [rule(400)], [rule(undefined, { expiration: [{ days: 0, date: "2030-01-01T00:00:00Z" }] })]],
    ["old versions going", [rule(400)], [rule(400, { noncurrent_version_expiration: [{ noncurrent_days: 1 }] })]],
  ])("may not have %s", (_, before, after) => {
    expect(rules(before, after)).toEqual(["retention"]);
  });

  test("that is new counts against what the bucket had, where that is known", () => {
    const created = entry("aws_s3_bucket_lifecycle_configuration.new", ["create"], null, {
      bucket: "audit-logs",
      rule: [rule(400)],
    });
    const plan = planWith([created]);
    const others = (plan.resource_changes as readonly Entry[]).filter(({ address }) => address !== LIFECYCLE);
    const bucket = "aws_s3_bucket.audit";
    const imported = entry(bucket, ["no-op"], valuesOf(bucket), valuesOf(bucket), { importing: { id: "audit-logs" } });

    expect(ids(review({ ...plan, resource_changes: others }).refused)).toEqual([
      "aws_s3_bucket_lifecycle_configuration.new#retention",
    ]);
    expect(
      review({ ...plan, resource_changes: [...others.filter(({ address }) => address !== bucket), imported] }).refused,
    ).toEqual([]);
  });
});

describe("a log group", () => {
  test.each([
    [365, 0, []],
    [365, null, []],
    [0, 3653, ["retention"]],
    [null, 3653, ["retention"]],
    [30, 7, ["retention"]],
  ])("that keeps %p days, then %p", (before, after, expected) => {
    expect(
      checksOf(changed("aws_cloudwatch_log_group.audit", { retention_in_days: after }, { retention_in_days: before })),
    ).toEqual(expected);
  });
});

describe("a rule's state", () => {
  const states = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) =>
    checksOf(changed(RULE, after, before));

  test("may be given by is_enabled alone, as older configurations do", () => {
    expect(states({ state: "ENABLED", is_enabled: true }, { state: "ENABLED", is_enabled: false })).toEqual([
      "rule-disabled",
    ]);
    expect(states({ state: "", is_enabled: true }, { state: "", is_enabled: false })).toEqual(["rule-disabled"]);
  });

  test("counts, where both are reported: the provider leaves the other as it was", () => {
    expect(states({ state: "DISABLED", is_enabled: false }, { state: "ENABLED", is_enabled: false })).toEqual([]);
    expect(states({ state: "ENABLED", is_enabled: true }, { state: "DISABLED", is_enabled: true })).toEqual([
      "rule-disabled",
    ]);
  });
});

describe("what has no value is what the provider takes by default", () => {
  test.each([
    [TRAIL, "enable_logging", "trail-logging"],
    [TRAIL, "include_global_service_events", "trail-global-events"],
    ["aws_kms_key.audit", "is_enabled", "key-disabled"],
  ])("%s %s", (address, attribute, check) => {
    expect(checksOf(changed(address, { [attribute]: false }, { [attribute]: null }))).toEqual([check]);
    expect(checksOf(changed(address, { [attribute]: null }))).toEqual([]);
  });
});

test("what goes and takes nothing along may go", () => {
  const gone = [LIFECYCLE, "aws_s3_bucket_ownership_controls.audit", "aws_kms_alias.audit"].map((address) =>
    entry(address, ["delete"], { bucket: "audit-logs", target_key_id: "1111", name: "alias/x", rule: [] }, null),
  );

  expect(review(planWith(gone)).refused).toEqual([]);
});

test.each([
  ["aws_s3_bucket_versioning.audit", "versioning"],
  ["aws_s3_bucket_server_side_encryption_configuration.audit", "encryption"],
  ["aws_s3_bucket_public_access_block.audit", "public-access"],
  ["aws_s3_bucket_object_lock_configuration.audit", "object-lock"],
  ["aws_s3_bucket_policy.audit", "destroyed"],
  ["aws_sqs_queue_policy.events", "destroyed"],
  ["aws_cloudwatch_metric_alarm.root", "destroyed"],
  ["aws_scheduler_schedule.digest", "destroyed"],
])("%s destroyed is refused once, as %s", (address, check) => {
  expect(checksOf(entry(address, ["delete"], valuesOf(address), null))).toEqual([check]);
});

test.each([[["delete", "create"]], [["create", "delete"]]])(
  "what is made anew is refused in either order, with what can't be changed: %j",
  (actions) => {
    const { refused } = review(
      planWith([
        entry(
          "aws_sqs_queue.events",
          actions,
          valuesOf("aws_sqs_queue.events"),
          { ...valuesOf("aws_sqs_queue.events"), name: "other" },
          { replace_paths: [["name"]], after_unknown: { arn: true, redrive_policy: true } },
        ),
      ]),
    );

    expect(refused).toMatchObject([{ id: "aws_sqs_queue.events#destroyed", findings: [{ attribute: "name" }] }]);
  },
);
