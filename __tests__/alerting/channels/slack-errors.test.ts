import { describe, expect, test } from "@jest/globals";
import type { Card } from "../../../alerting/channels/card";
import { ChannelRefusal, ChannelUnavailable } from "../../../alerting/channels/channel";
import { slack } from "../../../alerting/channels/slack";
import { INCIDENT_CARDS } from "../../channels/example-cards";
import { toolsFor } from "../../channels/send-tools";
import { fakeSlack, SLACK_CHANNEL, SLACK_TOKEN, SLACK_WEBHOOK } from "../../channels/vendors/slack";
import { jsonAnswer, type VendorOutcome } from "../../channels/vendors/vendor";

const [first] = INCIDENT_CARDS as readonly [Card];

/** What is thrown where Slack answers so. */
async function errorAfter(outcome: VendorOutcome, secret = SLACK_TOKEN): Promise<Error> {
  const vendor = fakeSlack();
  vendor.failures.push(outcome);
  return slack.send(first, undefined, toolsFor(vendor, secret, { channel: SLACK_CHANNEL })).then(
    () => new Error("nothing was thrown"),
    (error: Error) => error,
  );
}

describe("what Slack refuses, with what to do", () => {
  test.each([
    ["channel_not_found", /Check the setting "channel"/],
    ["not_in_channel", /\/invite/],
    ["is_archived", /Unarchive/],
    ["invalid_auth", /Install the app/],
    ["token_revoked", /Install the app/],
    ["token_expired", /token rotation/],
    ["account_inactive", /Install the app/],
    ["msg_too_long", /report it/],
    ["invalid_blocks", /report it/],
    ["no_permission", /Invite the app/],
    ["missing_scope", /Add the scope/],
    ["a_new_error", /documentation/],
  ])("%s", async (error, advice) => {
    const thrown = await errorAfter(jsonAnswer(200, { ok: false, error }));

    expect(thrown).toBeInstanceOf(ChannelRefusal);
    expect(thrown.message).toContain(`Slack refuses chat.postMessage: ${error}`);
    expect(thrown.message).toMatch(advice);
    expect(thrown.message).not.toContain(SLACK_TOKEN);
  });

  test.each([
    ["without a token", { "content-type": "application/json" }, "invalid_auth"],
    ["with another one", { "content-type": "application/json", authorization: "Bearer xoxb-2" }, "invalid_auth"],
  ])("a call %s", (_, headers, error) => {
    const request = { method: "POST", host: "slack.com", path: "/api/chat.postMessage", headers, body: "{}" };

    expect(fakeSlack().answer(request)).toMatchObject({ body: JSON.stringify({ ok: false, error }) });
  });
});

describe("what passes is tried again", () => {
  test.each(["ratelimited", "internal_error", "service_unavailable", "fatal_error"])("%s", async (error) => {
    expect(await errorAfter(jsonAnswer(200, { ok: false, error }))).toBeInstanceOf(ChannelUnavailable);
  });

  test.each([
    [{ status: 429, headers: { "retry-after": "17" }, body: "" }, 17],
    [{ status: 503, headers: { "Retry-After": "Fri, 20 Nov 2026 02:31:00 GMT" }, body: "" }, 60],
    [{ status: 429, headers: { "retry-after": "soon" }, body: "" }, 30],
    [{ status: 429, headers: { "retry-after": "1.5" }, body: "" }, 30],
    [{ status: 429, headers: { "retry-after": "-1" }, body: "" }, 30],
    [{ status: 429, headers: { "retry-after": "99999999999" }, body: "" }, 3_600],
    [{ status: 503, headers: { "retry-after": "Fri, 20 Nov 2099 02:31:00 GMT" }, body: "" }, 3_600],
    [jsonAnswer(200, { ok: false, error: "ratelimited" }, { "retry-after": "99999" }), 3_600],
    [jsonAnswer(200, { ok: false, error: "external_channel_migrating" }), undefined],
    [{ status: 200, body: "" }, undefined],
    [{ status: 408, body: "" }, undefined],
    [{ status: 500, body: "" }, undefined],
    [{ status: 200, body: "<html>proxy</html>" }, undefined],
    [{ status: 200, body: "null" }, undefined],
    ["slow", undefined],
  ] as const)("%j", async (outcome, retryAfterSeconds) => {
    const error = await errorAfter(outcome as VendorOutcome);

    expect(error).toBeInstanceOf(ChannelUnavailable);
    expect((error as ChannelUnavailable).retryAfterSeconds).toBe(retryAfterSeconds);
  });
});

describe("an incoming webhook", () => {
  test.each([
    [{ status: 404, body: "no_service" }, ChannelRefusal, /no_service\. Create an incoming webhook again/],
    [{ status: 410, body: "channel_is_archived" }, ChannelRefusal, /channel_is_archived\. Unarchive the channel/],
    [{ status: 403, body: "action_prohibited" }, ChannelRefusal, /action_prohibited\. Ask an administrator/],
    [{ status: 400, body: "<html>\u0000no" }, ChannelRefusal, /answered 400: <html> no$/],
    [{ status: 500, body: "rollup_error" }, ChannelUnavailable, /answered 500/],
    [{ status: 429, headers: { "Retry-After": "30" }, body: "rate_limited" }, ChannelUnavailable, /answered 429/],
    ["cut", ChannelUnavailable, /no answer/],
  ] as const)("that answers %j", async (outcome, kind, message) => {
    const error = await errorAfter(outcome as VendorOutcome, SLACK_WEBHOOK);

    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("secretsecret");
  });
});

test("what Slack repeats of the secret is not in the error", async () => {
  const token = await errorAfter({ status: 400, body: `bad ${SLACK_TOKEN}` });
  const address = await errorAfter({ status: 400, body: `Bad ${SLACK_WEBHOOK}` }, SLACK_WEBHOOK);
  const path = await errorAfter({ status: 400, body: `Bad ${new URL(SLACK_WEBHOOK).pathname}` }, SLACK_WEBHOOK);
  const part = await errorAfter({ status: 302, body: `No ${SLACK_WEBHOOK.split("/").at(-1)}` }, SLACK_WEBHOOK);
  const word = await errorAfter(jsonAnswer(200, { ok: false, error: SLACK_TOKEN }));

  expect([token, address, path, part, word].map(({ message }) => message)).toEqual([
    "Slack answered 400: bad [secret]",
    "Slack answered 400: Bad [secret]",
    "Slack answered 400: Bad [secret]",
    "Slack answered 302: No [secret]. Redirects are not followed: check the secret.",
    "Slack refuses chat.postMessage: [secret]. Slack's documentation of the method explains it.",
  ]);
});
