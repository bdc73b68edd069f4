import { describe, expect, test } from "@jest/globals";
import type { Card } from "../../../alerting/channels/card";
import {
  type Channel,
  type ChannelAnswer,
  ChannelRefusal,
  ChannelUnavailable,
} from "../../../alerting/channels/channel";
import { jiraServiceManagement } from "../../../alerting/channels/jira-service-management";
import { microsoftTeams } from "../../../alerting/channels/microsoft-teams";
import { pagerduty } from "../../../alerting/channels/pagerduty";
import { slack } from "../../../alerting/channels/slack";
import { webhook } from "../../../alerting/channels/webhook";
import { EXAMPLE_CARDS } from "../../channels/example-cards";
import { SLACK_CHANNEL, SLACK_TOKEN, SLACK_WEBHOOK } from "../../channels/vendors/slack";
import { TEAMS_ADDRESS } from "../../channels/vendors/teams";
import { failureOf, NOW, sendTools } from "./send-tools";

const HOOK = {
  url: "https://alerts.example.com/hooks/T0KENINPATH?code=T0KENINQUERY",
  key: "0123456789abcdef0123456789abcdef",
};
/** A channel, its secret, and what of it no error may have. */
const CHANNELS: readonly (readonly [Channel, secret: string, parts: readonly string[]])[] = [
  [slack, SLACK_TOKEN, [SLACK_TOKEN]],
  [slack, SLACK_WEBHOOK, [SLACK_WEBHOOK, String(SLACK_WEBHOOK.split("/").at(-1))]],
  [microsoftTeams, TEAMS_ADDRESS, ["secretsignature"]],
  [pagerduty, "0123456789abcdef0123456789abcdef", ["0123456789abcdef0123456789abcdef"]],
  [jiraServiceManagement, "eb243592-faa2-4ba2-a551-1afdf565c889", ["eb243592-faa2-4ba2-a551-1afdf565c889"]],
  [webhook, JSON.stringify(HOOK), ["T0KENINPATH", "T0KENINQUERY", HOOK.key]],
];
const card = EXAMPLE_CARDS.root as Card;

async function errorAfter(channel: Channel, secret: string, answer: ChannelAnswer): Promise<ChannelUnavailable> {
  const tools = sendTools(undefined, { secret, settings: channel === slack ? { channel: SLACK_CHANNEL } : {} });
  return failureOf(channel.send(card, undefined, { ...tools, request: async () => answer }));
}

const REFUSED = [300, 301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 409, 410, 411, 413, 414, 415, 422, 451, 100];
const PASSING = [408, 425, 429, 500, 501, 502, 503, 504, 520, 599];

describe.each(CHANNELS.map((each) => [each[0].type, ...each] as const))("%s", (_, channel, secret, parts) => {
  const bodies = [
    "",
    "null",
    "<html>\u0000<h1>no</h1>",
    '{"ok":',
    ...parts.map((part) => `No: ${part}, ${secret}`),
    "x".repeat(65_536),
  ];

  test.each(REFUSED)("%d is a refusal, whatever the body", async (status) => {
    for (const body of bodies) {
      const error = await errorAfter(channel, secret, { status, headers: {}, body });
      expect(error).toBeInstanceOf(ChannelRefusal);
      expect(error.message).toContain(`answered ${status}`);
      expect(error.message.length).toBeLessThan(700);
      for (const part of parts) expect(error.message).not.toContain(part);
    }
  });

  test.each(PASSING)("%d passes, whatever the body", async (status) => {
    for (const body of bodies) {
      const error = await errorAfter(channel, secret, { status, headers: {}, body });
      expect(error).toBeInstanceOf(ChannelUnavailable);
      for (const part of parts) expect(error.message).not.toContain(part);
    }
  });

  test.each([
    ["7", 7],
    ["0", 0],
    [" 30 ", 30],
    ["86400", 3_600],
    [new Date(NOW + 90_000).toUTCString(), 90],
    [new Date(NOW - 90_000).toUTCString(), 0],
    [new Date(NOW + 86_400_000).toUTCString(), 3_600],
  ])("Retry-After: %s", async (value, seconds) => {
    for (const status of [429, 503]) {
      const answer = { status, headers: { "Retry-After": value }, body: "" };
      expect((await errorAfter(channel, secret, answer)).retryAfterSeconds).toBe(seconds);
    }
  });

  test.each(["", "soon", "1.5", "-1", "1e3"])("Retry-After: %j is none", async (value) => {
    const answer = { status: 503, headers: { "retry-after": value }, body: "" };
    expect((await errorAfter(channel, secret, answer)).retryAfterSeconds).toBeUndefined();
  });
});
