import { about, lowered, numberOr } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { at } from "../plan/values";

const SIZE = "max_message_size";
/** What SQS takes where nothing is said, in bytes. */
const DEFAULT = 1_048_576;
/**
 * The largest event of CloudTrail, and the largest message of SNS, in bytes.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
const LARGEST_EVENT = 262_144;

export const messageSize: Check = {
  id: "message-size",
  title: "Queue rejects large messages",
  why: "EventBridge and SNS deliver events of up to 256 KB. A queue with a smaller limit rejects the larger ones every time. A caller can make an event large by filling in every field.",
  remediation: "Keep `max_message_size` at 1 MiB, the maximum of SQS. It costs nothing.",
  looksAt: { aws_sqs_queue: [SIZE] },
  limits: "Indeterminate: a size of 256 KB or more, because a dead letter's attributes count too.",
  evaluate: (change) =>
    lowered(change, [SIZE], numberOr(DEFAULT), "Events of up to 256 KB no longer fit").map((finding) => {
      const is = at(change.after, SIZE);
      return typeof is === "number" && is >= LARGEST_EVENT
        ? about(change, [SIZE], false, "The largest events, with their attributes, may no longer fit")
        : finding;
    }),
};
