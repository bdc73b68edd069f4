import { describe, expect, test } from "@jest/globals";
import {
  baseline,
  besides,
  changed,
  type Entry,
  entry,
  ids,
  NOTHING,
  outcome,
  planWith,
  review,
  valuesOf,
} from "./plans";

const BUCKET = "aws_s3_bucket.audit";
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration.audit";
const LOCK = "aws_s3_bucket_object_lock_configuration.audit";

/** The outcome without some of the baseline's resources. */
function outcomeWithout(left: readonly string[], ...entries: readonly Entry[]) {
  const { resource_changes, ...plan } = planWith(entries);
  const some = (resource_changes as readonly Entry[]).filter(({ address }) => !left.includes(address));
  const { refused, indeterminate } = review({ ...plan, resource_changes: some });
  return { refused: ids(refused), indeterminate: ids(indeterminate) };
}

describe("log files that are moved to where they must be restored", () => {
  const id = [`${LIFECYCLE}#storage-class`];
  const moved = (...transition: readonly object[]) => ({
    rule: [{ status: "Enabled", filter: [{ prefix: "" }], expiration: [], transition }],
  });
  const to = (storage_class: string, days: number | null, date = "") => ({ storage_class, days, date });

  test.each([
    ["at once", [], [to("DEEP_ARCHIVE", 0)]],
    ["while dead letters are kept", [], [to("GLACIER", 13)]],
    ["sooner than before", [to("GLACIER", 30)], [to("GLACIER", 3)]],
    ["all on one day", [], [to("GLACIER", null, "2026-12-01T00:00:00Z")]],
  ])("%s are refused", (_, before, after) => {
    expect(outcome(changed(LIFECYCLE, moved(...after), moved(...before)))).toEqual({ refused: id, indeterminate: [] });
  });

  test.each([
    ["when no message about them can be left in a queue", [], [to("DEEP_ARCHIVE", 14)]],
    ["later than before", [to("GLACIER", 1)], [to("GLACIER", 5)]],
    ["to a deeper place as soon as before", [to("GLACIER", 1)], [to("DEEP_ARCHIVE", 1)]],
    ["to where they can be read at once", [], [to("GLACIER_IR", 0), to("STANDARD_IA", 0)]],
    ["no more", [to("GLACIER", 1)], []],
  ])("%s are fine", (_, before, after) => {
    expect(outcome(changed(LIFECYCLE, moved(...after), moved(...before)))).toEqual(NOTHING);
  });

  test("are fine where there are no notifications of log files", () => {
    const trail = "module.audit.aws_cloudtrail.main";
    const quiet = besides(trail, { ...valuesOf(trail), sns_topic_name: "" });
    const change = changed(LIFECYCLE, moved(to("DEEP_ARCHIVE", 0)));

    expect(outcomeWithout(["aws_s3_bucket_notification.audit"], quiet, change)).toEqual(NOTHING);
    expect(outcomeWithout(["aws_s3_bucket_notification.audit"], change).refused).toEqual(id);
  });

  test("are refused by a bucket's own rules, and by rules that are laid over it", () => {
    const rule = { enabled: true, prefix: "", expiration: [], transition: [to("GLACIER", 0)] };
    const created = entry(LIFECYCLE, ["create"], null, { bucket: "audit-logs", ...moved(to("GLACIER", 0)) });

    expect(outcomeWithout([LIFECYCLE], changed(BUCKET, { lifecycle_rule: [rule] })).refused).toEqual([
      `${BUCKET}#storage-class`,
    ]);
    expect(outcome(created).refused).toEqual(id);
  });
});

describe("notifications of a bucket that has some", () => {
  const FIRST = "aws_s3_bucket_notification.audit";
  const SECOND = "aws_s3_bucket_notification.second";
  const queue = (name: string) => ({
    id: name,
    queue_arn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
    events: ["s3:ObjectCreated:*"],
  });
  const created = (...names: readonly string[]) =>
    entry(SECOND, ["create"], null, { bucket: "audit-logs", queue: names.map(queue), topic: [], lambda_function: [] });

  test("are overwritten by others: refused", () => {
    expect(outcome(created("scan"))).toEqual({ refused: [`${SECOND}#notification-removed`], indeterminate: [] });
  });

  test("may be said again, with more", () => {
    expect(outcome(created("scan", "files"))).toEqual(NOTHING);
  });

  test("that go are reported once", () => {
    const gone = entry(FIRST, ["delete"], valuesOf(FIRST), null);

    expect(outcome(gone, created("scan")).refused).toEqual([`${FIRST}#destroyed`]);
  });
});

describe("an access log", () => {
  const SETTING = "aws_s3_bucket_logging.audit";
  const logging = [{ target_bucket: "access-logs", target_prefix: "" }];

  test("of the bucket's own is a copy of another resource's, where there is one", () => {
    const change = changed(BUCKET, { logging: [] }, { logging });

    expect(outcome(change).refused).toEqual([`${BUCKET}#access-log`]);
    expect(outcome(change, besides(SETTING, { bucket: "audit-logs", target_bucket: "access-logs" }))).toEqual(NOTHING);
  });

  test("of the bucket's own is compared with what is laid over it", () => {
    const bucket = besides(BUCKET, { ...valuesOf(BUCKET), logging });
    const over = (target_bucket: string) =>
      outcome(bucket, entry(SETTING, ["create"], null, { bucket: "audit-logs", target_bucket }));

    expect(over("access-logs")).toEqual(NOTHING);
    expect(over("elsewhere")).toEqual({ refused: [], indeterminate: [`${SETTING}#access-log`] });
  });
});

describe("a lock that stands in the bucket itself", () => {
  const lock = (mode: string, days: number) => ({
    object_lock_configuration: [
      { object_lock_enabled: "Enabled", rule: [{ default_retention: [{ mode, days, years: 0 }] }] },
    ],
  });

  test.each([
    ["of fewer days", lock("COMPLIANCE", 10)],
    ["that administrators may take off", lock("GOVERNANCE", 100)],
    ["without a retention", { object_lock_configuration: [{ object_lock_enabled: "Enabled", rule: [] }] }],
    ["that goes", { object_lock_configuration: [] }],
  ])("%s is refused", (_, after) => {
    expect(outcomeWithout([LOCK], changed(BUCKET, after, lock("COMPLIANCE", 100)))).toEqual({
      refused: [`${BUCKET}#object-lock`],
      indeterminate: [],
    });
  });

  test("is a copy where another resource has it, and may grow", () => {
    const shorter = changed(BUCKET, lock("COMPLIANCE", 10), lock("COMPLIANCE", 100));
    const longer = changed(BUCKET, lock("COMPLIANCE", 200), lock("COMPLIANCE", 100));

    expect(outcome(shorter)).toEqual(NOTHING);
    expect(outcomeWithout([LOCK], longer)).toEqual(NOTHING);
  });

  test("is compared with what is laid over it", () => {
    const bucket = { ...valuesOf(BUCKET), ...lock("COMPLIANCE", 100) };
    const over = (days: number) => {
      const { rule } = lock("COMPLIANCE", days).object_lock_configuration[0] as object & { readonly rule: unknown };
      return outcome(besides(BUCKET, bucket), entry(LOCK, ["create"], null, { bucket: "audit-logs", rule }));
    };

    expect(over(100)).toEqual(NOTHING);
    expect(over(10).refused).toEqual([`${LOCK}#object-lock`]);
  });

  test("goes with the bucket, which is reported once", () => {
    const gone = entry(BUCKET, ["delete"], { ...valuesOf(BUCKET), ...lock("COMPLIANCE", 100) }, null);

    expect(outcomeWithout([LOCK], gone).refused).toEqual([`${BUCKET}#destroyed`]);
  });
});

describe("an event data store", () => {
  const STORE = "aws_cloudtrail_event_data_store.lake";
  const store = {
    id: "lake",
    name: "lake",
    multi_region_enabled: true,
    organization_enabled: true,
    suspend: "false",
    termination_protection_enabled: true,
  };

  test.each([
    ["that stops", { suspend: "true" }, "trail-logging"],
    ["of one region", { multi_region_enabled: false }, "trail-multi-region"],
    ["of one account", { organization_enabled: false }, "trail-organization"],
  ])("%s is refused", (_, after, check) => {
    expect(outcome(entry(STORE, ["update"], store, { ...store, ...after })).refused).toEqual([`${STORE}#${check}`]);
  });

  test.each([
    ["goes on", { suspend: "true" }, { suspend: "false" }],
    ["stays suspended", { suspend: "true" }, { suspend: true }],
    ["says that it goes on", { suspend: null }, { suspend: false }],
  ])("that %s is fine", (_, before, after) => {
    expect(outcome(entry(STORE, ["update"], { ...store, ...before }, { ...store, ...after }))).toEqual(NOTHING);
  });
});

describe("a key's alias", () => {
  test("by which a topic names its key, and that leads to another one, is indeterminate", () => {
    const alias = "aws_kms_alias.alerts";
    const topic = "aws_sns_topic.alerts";
    const values = { id: "alias/alerts", name: "alias/alerts", target_key_id: "1111" };
    const change = entry(alias, ["update"], values, { ...values, target_key_id: "2222" });

    expect(outcome(change)).toEqual(NOTHING);
    expect(
      outcome(change, besides(topic, { ...valuesOf(topic), kms_master_key_id: "alias/alerts" })).indeterminate,
    ).toEqual([`${alias}#encryption`]);
  });
});

test("the baseline has what these tests lean on", () => {
  expect(baseline().map(({ address }) => address)).toEqual(expect.arrayContaining([BUCKET, LIFECYCLE, LOCK]));
});
