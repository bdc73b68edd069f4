import { expect, test } from "@jest/globals";
import { backoffSeconds } from "../../../alerting/delivery/backoff";
import { TRIED_MS } from "../../../alerting/delivery/conclude";
import { CHANNEL_MAX_RECEIVES, NOTIFIER_TIMEOUT_SECONDS } from "../../../constructs/notifier/channel-queue";

const DAY_SECONDS = 24 * 3_600;
const RETENTION_SECONDS = 4 * DAY_SECONDS;

test.each([undefined, 0, 1])(
  "a vendor that is down for three days uses up no message's receives (Retry-After %p)",
  (retryAfter) => {
    let seconds = 0;
    for (let receives = 1; receives < CHANNEL_MAX_RECEIVES; receives++)
      seconds += backoffSeconds(receives, retryAfter, 0);

    expect(seconds).toBeGreaterThan(3 * DAY_SECONDS);
  },
);

test("a message is given up, with why, before the queue drops it: even if it has just been hidden for the longest", () => {
  expect(TRIED_MS / 1000).toBe(3 * DAY_SECONDS);
  expect(TRIED_MS / 1000 + backoffSeconds(CHANNEL_MAX_RECEIVES, 3_600, 0.999)).toBeLessThan(RETENTION_SECONDS);
});

test("a message whose invocations all die is a dead letter before the queue drops it", () => {
  expect(CHANNEL_MAX_RECEIVES * NOTIFIER_TIMEOUT_SECONDS * 6).toBeLessThan(RETENTION_SECONDS);
});
