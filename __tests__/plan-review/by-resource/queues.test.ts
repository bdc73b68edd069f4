import { describe, expect, test } from "@jest/globals";
import { changed, entry, valuesOf } from "../plans";
import { ACCOUNT, outcome } from "./outcome";

const QUEUE = "aws_sqs_queue.events";

describe("a queue", () => {
  test("whose redrive policy names no queue is refused", () => {
    expect(outcome(changed(QUEUE, { redrive_policy: "{}" })).refused).toEqual([`${QUEUE}#dead-letters`]);
  });

  test.each([
    ["aws_sqs_queue_redrive_allow_policy.dead", { queue_url: valuesOf("aws_sqs_queue.dead").url }],
    ["aws_sqs_queue.dead", valuesOf("aws_sqs_queue.dead")],
  ])("that lets no other queue leave its dead letters there is refused: %s", (address, values) => {
    const before = { ...values, redrive_allow_policy: '{"redrivePermission":"allowAll"}' };
    const after = { ...values, redrive_allow_policy: '{"redrivePermission":"denyAll"}' };
    expect(outcome(entry(address, ["update"], before, after)).refused).toEqual([`${address}#dead-letters`]);
    expect(outcome(entry(address, ["update"], after, before)).refused).toEqual([]);
  });

  test("without its own encryption is refused", () => {
    const dead = "aws_sqs_queue.dead";
    const on = { sqs_managed_sse_enabled: true };
    expect(outcome(changed(dead, { sqs_managed_sse_enabled: false }, on)).refused).toEqual([`${dead}#encryption`]);
  });

  test("with a key in the place of its own encryption is not", () => {
    const dead = "aws_sqs_queue.dead";
    const after = { sqs_managed_sse_enabled: false, kms_master_key_id: valuesOf("aws_kms_key.audit").arn };
    expect(outcome(changed(dead, after, { sqs_managed_sse_enabled: true })).refused).toEqual([]);
  });

  test("with another key is indeterminate: services may not be allowed", () => {
    const after = { kms_master_key_id: `arn:aws:kms:us-east-1:${ACCOUNT}:key/2222` };
    expect(outcome(changed(QUEUE, after))).toEqual({ refused: [], indeterminate: [`${QUEUE}#encryption`] });
  });

  test("with its key in another spelling is fine", () => {
    expect(outcome(changed(QUEUE, { kms_master_key_id: "1111" }))).toEqual({ refused: [], indeterminate: [] });
  });

  test("that keeps messages for the default time, which is shorter, is refused", () => {
    expect(outcome(changed(QUEUE, { message_retention_seconds: null })).refused).toEqual([`${QUEUE}#retention`]);
  });
});
