import { describe, expect, test } from "@jest/globals";
import { besides, entry, NOTHING, outcome, valuesOf } from "./plans";

const TARGET = "aws_cloudwatch_event_target.users";

describe("a stream", () => {
  const STREAM = "aws_kinesis_stream.events";
  const arn = "arn:aws:kinesis:us-east-1:123456789012:stream/events";
  const stream = { arn, name: "events", shard_count: 4, encryption_type: "KMS", kms_key_id: "1111" };
  const target = besides(TARGET, { ...valuesOf(TARGET), arn });
  const mode = (stream_mode: string) => ({ stream_mode_details: [{ stream_mode }] });

  test.each<readonly [string, string, object, object?]>([
    ["keeps events for a shorter time", "retention", { retention_period: null }, { retention_period: 168 }],
    ["keeps events for less than a day", "retention", { retention_period: 23 }],
    ["is encrypted no more", "encryption", { encryption_type: "NONE" }],
    ["has no key any more", "encryption", { kms_key_id: "" }],
  ])("that %s is refused", (_, check, after, before = {}) => {
    const change = entry(STREAM, ["update"], { ...stream, ...before }, { ...stream, ...before, ...after });

    expect(outcome(target, change)).toEqual({ refused: [`${STREAM}#${check}`], indeterminate: [] });
  });

  test.each([
    ["fewer shards", { shard_count: 1 }, mode("PROVISIONED")],
    ["shards of its own", mode("PROVISIONED"), mode("ON_DEMAND")],
  ])("with %s is indeterminate", (_, after, before) => {
    const change = entry(STREAM, ["update"], { ...stream, ...before }, { ...stream, ...before, ...after });

    expect(outcome(target, change)).toEqual({ refused: [], indeterminate: [`${STREAM}#capacity`] });
  });

  test.each([
    ["as many shards as it needs", { ...mode("ON_DEMAND"), shard_count: 0 }, mode("PROVISIONED")],
    ["the usual day", { retention_period: 24 }, { retention_period: null }],
  ])("with %s is fine", (_, after, before) => {
    const change = entry(STREAM, ["update"], { ...stream, ...before }, { ...stream, ...before, ...after });

    expect(outcome(target, change)).toEqual(NOTHING);
  });

  test("is read by what belongs to the monitoring", () => {
    const mapping = "aws_lambda_event_source_mapping.stream";
    const firehose = "aws_kinesis_firehose_delivery_stream.archive";
    const reads = { event_source_arn: arn, function_name: "reader", maximum_retry_attempts: -1 };
    const keeps = { name: "archive", kinesis_source_configuration: [{ kinesis_stream_arn: arn }] };
    const found = outcome(
      target,
      besides(STREAM, stream),
      entry(mapping, ["update"], reads, { ...reads, maximum_retry_attempts: 3 }),
      entry(firehose, ["delete"], keeps, null),
    );

    expect(found.refused).toEqual([`${mapping}#retries`, `${firehose}#destroyed`]);
  });
});

describe("where a delivery stream sends to", () => {
  const FIREHOSE = "aws_kinesis_firehose_delivery_stream.siem";
  const arn = "arn:aws:firehose:us-east-1:123456789012:deliverystream/siem";
  const to = (url: string, processing: readonly object[] = []) => ({
    arn,
    name: "siem",
    http_endpoint_configuration: [{ url, processing_configuration: processing }],
  });
  const target = besides(TARGET, { ...valuesOf(TARGET), arn });
  const changes = (after: object) => outcome(target, entry(FIREHOSE, ["update"], to("https://a"), after));

  test("is elsewhere: refused", () => {
    expect(changes(to("https://b"))).toEqual({ refused: [`${FIREHOSE}#target-moved`], indeterminate: [] });
  });

  test("is behind something that may drop events: is indeterminate", () => {
    expect(changes(to("https://a", [{ enabled: true }]))).toEqual({
      refused: [],
      indeterminate: [`${FIREHOSE}#target-moved`],
    });
  });
});
