import { type JsonObject, parseJson } from "../../detection/events/json";
import { type ChannelAnswer, ChannelRefusal, ChannelUnavailable, type SendTools } from "./channel";
import { retryAfterSeconds } from "./retry-after";
import { plainLine } from "./text";
import { assertAccepted } from "./vendor-answer";

/** How Slack is called, and what its errors mean: https://docs.slack.dev/apis/web-api */

const API = "https://slack.com/api";

const NEW_TOKEN = "Install the app to the workspace again, and put its bot token (xoxb-…) into the secret.";
const NEW_WEBHOOK = "Create an incoming webhook again, and put its address into the secret.";
const REPORT = "The message does not fit Slack's rules, which is a defect of trailwarden: please report it.";
const WORKSPACE = "Ask an administrator of the workspace to let the app post to the channel.";

/** What to do about each error that trying again does not help against. */
const REFUSALS: Readonly<Record<string, string>> = {
  channel_not_found:
    'Check the setting "channel" (an id such as C0123456789), and invite the app into the channel if it is private.',
  not_in_channel: "Invite the app into the channel: type /invite and the app's name there.",
  is_archived: "Unarchive the channel, or set another one.",
  channel_is_archived: "Unarchive the channel, or create the webhook for another one.",
  invalid_auth: NEW_TOKEN,
  not_authed: NEW_TOKEN,
  token_revoked: NEW_TOKEN,
  account_inactive: NEW_TOKEN,
  token_expired: `Turn token rotation off in the app's settings. ${NEW_TOKEN}`,
  not_allowed_token_type: "The secret must hold a bot token (xoxb-…), not a user's or an app's.",
  missing_scope: "Add the scope to the app under OAuth & Permissions, and install the app again.",
  no_permission: `Invite the app into the channel, and check its scopes. ${WORKSPACE}`,
  restricted_action: WORKSPACE,
  restricted_action_read_only_channel: WORKSPACE,
  restricted_action_thread_only_channel: WORKSPACE,
  restricted_action_non_threadable_channel: WORKSPACE,
  posting_to_general_channel_denied: WORKSPACE,
  action_prohibited: WORKSPACE,
  ekm_access_denied: WORKSPACE,
  enterprise_is_restricted: WORKSPACE,
  msg_too_long: REPORT,
  msg_blocks_too_long: REPORT,
  invalid_blocks: REPORT,
  invalid_blocks_format: REPORT,
  invalid_arguments: REPORT,
  invalid_payload: REPORT,
  no_text: REPORT,
  too_many_attachments: REPORT,
  no_service: NEW_WEBHOOK,
  no_service_id: NEW_WEBHOOK,
  no_active_hooks: NEW_WEBHOOK,
  no_team: NEW_WEBHOOK,
  invalid_token: NEW_WEBHOOK,
  team_disabled: NEW_WEBHOOK,
};

/** What passes by itself. */
const PASSING: ReadonlySet<string> = new Set([
  "ratelimited",
  "rate_limited",
  "message_limit_exceeded",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
  "org_login_required",
  "accesslimited",
  "rollup_error",
]);

class SlackRefusal extends ChannelRefusal {
  constructor(
    message: string,
    readonly slackError: string,
  ) {
    super(message);
  }
}

/** Slack's word for why it refused; undefined for any other error. */
export function slackErrorOf(error: unknown): string | undefined {
  return error instanceof SlackRefusal ? error.slackError : undefined;
}

/**
 * Calls a method of the Web API with the bot's token.
 *
 * @param parameters the JSON body of a POST, the query of a GET
 * @throws ChannelUnavailable or ChannelRefusal
 */
export async function callSlack(
  method: "GET" | "POST",
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  tools: SendTools,
): Promise<JsonObject> {
  const authorization = `Bearer ${tools.secret.trim()}`;
  const answer = await tools.request(
    method === "GET"
      ? {
          method,
          url: `${API}/${name}?${new URLSearchParams(parameters as Record<string, string>)}`,
          headers: { authorization },
        }
      : {
          method,
          url: `${API}/${name}`,
          headers: { authorization, "content-type": "application/json; charset=utf-8" },
          body: JSON.stringify(parameters),
        },
  );
  checkStatus(answer, tools);
  const parsed = parseJson(answer.body);
  const body = "value" in parsed ? (parsed.value as JsonObject | null) : null;
  if (typeof body?.ok !== "boolean") {
    throw new ChannelUnavailable(`Slack's answer to ${name} is not JSON with "ok"`);
  }
  if (body.ok) return body;
  const needed = typeof body.needed === "string" ? ` (needed: ${plainLine(body.needed, 100)})` : "";
  throw failure(name, String(body.error), needed, retryAfterSeconds(answer, tools.now));
}

/**
 * Posts to an incoming webhook, whose errors are a word in the body: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 *
 * @throws ChannelUnavailable or ChannelRefusal
 */
export async function postToWebhook(address: string, message: object, tools: SendTools): Promise<void> {
  const answer = await tools.request({
    method: "POST",
    url: address,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(message),
  });
  const word = answer.body.trim();
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 429 && /^[a-z_]{1,60}$/.test(word)) {
    throw failure("the incoming webhook", word, "", undefined);
  }
  checkStatus(answer, tools);
}

function checkStatus(answer: ChannelAnswer, { secret, now }: SendTools): void {
  assertAccepted(answer, { vendor: "Slack", secrets: [secret.trim()], now, remedies: {}, rateLimitSeconds: 30 });
}

function failure(name: string, word: string, detail: string, retryAfter: number | undefined): Error {
  const error = plainLine(word, 60);
  if (PASSING.has(error)) return new ChannelUnavailable(`Slack answered ${name} with ${error}`, retryAfter);
  const advice = REFUSALS[error] ?? "Slack's documentation of the method explains it.";
  return new SlackRefusal(`Slack refuses ${name}: ${error}${detail}. ${advice}`, error);
}
