import { about, lowered, numberOr } from "../judging/attribute";
import { at } from "../plan/values";
import type { Check } from "./check";

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
  title: "A queue that refuses large messages",
  why: "EventBridge and SNS hand on events of up to 256 KB. What a queue finds too large it refuses each time, and the largest events are those of a caller who fills in every field.",
  mend: "Leave `max_message_size` at the 1 MiB that SQS takes at most: it costs nothing.",
  looksAt: { aws_sqs_queue: [SIZE] },
  unknown: "cannot tell; so is a size from 256 KB on: dead letters come with attributes, which count",
  judge: (change) =>
    lowered(change, [SIZE], numberOr(DEFAULT), "Events of up to 256 KB no longer fit").map((finding) => {
      const is = at(change.after, SIZE);
      return typeof is === "number" && is >= LARGEST_EVENT
        ? about(change, [SIZE], false, "Whether the largest events still fit, with their attributes, can't be told")
        : finding;
    }),
};
