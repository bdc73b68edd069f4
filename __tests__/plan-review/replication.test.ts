import { describe, expect, test } from "@jest/globals";
import { besides, changed, entry, NOTHING, outcome, valuesOf } from "./plans";

const BUCKET = "aws_s3_bucket.audit";
const REPLICATION = "aws_s3_bucket_replication_configuration.audit";
const COPY = "arn:aws:s3:::audit-copy";

describe("copies of log files", () => {
  const values = (...rule: readonly object[]) => ({ id: "audit-logs", bucket: "audit-logs", role: "copies", rule });
  const rule = (more: object = {}) => ({
    status: "Enabled",
    filter: [{ prefix: "" }],
    destination: [{ bucket: COPY }],
    delete_marker_replication: [{ status: "Disabled" }],
    ...more,
  });
  const elsewhere = { destination: [{ bucket: "arn:aws:s3:::other" }] };
  const changes = (before: readonly object[], after: readonly object[]) =>
    outcome(entry(REPLICATION, ["update"], values(...before), values(...after)));

  test.each([
    ["are made no more", [rule()], [rule({ status: "Disabled" })]],
    ["go elsewhere", [rule()], [rule(elsewhere)]],
    ["are made of a part", [rule()], [rule({ filter: [{ prefix: "AWSLogs/1/" }] })]],
    ["are made of what has a tag", [rule()], [rule({ filter: [{ tag: [{ key: "a", value: "b" }] }] })]],
    ["lose one place", [rule(), rule(elsewhere)], [rule()]],
    ["are deleted along", [rule()], [rule({ delete_marker_replication: [{ status: "Enabled" }] })]],
  ])("that %s are refused", (_, before, after) => {
    expect(changes(before, after)).toEqual({ refused: [`${REPLICATION}#replication`], indeterminate: [] });
  });

  test.each([
    ["begin", [rule({ status: "Disabled" })], [rule()]],
    ["go to one more place", [rule()], [rule(), rule(elsewhere)]],
    ["are made of more", [rule({ filter: [{ prefix: "AWSLogs/" }] })], [rule()]],
    [
      "are deleted along as before",
      [rule({ delete_marker_replication: [{ status: "Enabled" }] })],
      [rule({ priority: 3, delete_marker_replication: [{ status: "Enabled" }] })],
    ],
    ["have another priority", [rule({ priority: 1 })], [rule({ priority: 2 })]],
  ])("that %s are fine", (_, before, after) => {
    expect(changes(before, after)).toEqual(NOTHING);
  });

  test("lie in a bucket that belongs to the monitoring", () => {
    const copy = entry("aws_s3_bucket.copy", ["delete"], { arn: COPY, id: "audit-copy", bucket: "audit-copy" }, null);

    expect(outcome(besides(REPLICATION, values(rule())), copy).refused).toEqual(["aws_s3_bucket.copy#destroyed"]);
  });

  test("of a bucket's own rules are its copy of another resource's, where there is one", () => {
    const own = (status: string) => ({ replication_configuration: [{ rules: [rule({ status })] }] });
    const change = changed(BUCKET, own("Disabled"), own("Enabled"));

    expect(outcome(change).refused).toEqual([`${BUCKET}#replication`]);
    expect(outcome(change, besides(REPLICATION, values(rule())))).toEqual(NOTHING);
  });

  test("by the bucket's own rules are compared with what is laid over them", () => {
    const bucket = { ...valuesOf(BUCKET), replication_configuration: [{ rules: [rule()] }] };
    const over = (each: object) => outcome(besides(BUCKET, bucket), entry(REPLICATION, ["create"], null, values(each)));

    expect(over(rule())).toEqual(NOTHING);
    expect(over(rule(elsewhere)).refused).toEqual([`${REPLICATION}#replication`]);
  });
});
