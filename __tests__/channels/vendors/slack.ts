import { isObject, type JsonObject, parseJson } from "../../../detection/events/json";
import { blockViolations } from "./block-kit";
import { jsonAnswer, type Vendor, type VendorAnswer, type VendorRequest } from "./vendor";

/** A message as Slack keeps it. */
export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  /** Of a reply. */
  readonly threadTs?: string;
  readonly broadcast: boolean;
  text: string;
  blocks: readonly JsonObject[];
  attachments: readonly JsonObject[];
}

export interface FakeSlack extends Vendor {
  readonly messages: SlackMessage[];
  /** By the message's `ts`, then by the reaction's name: ids of users. */
  readonly reactions: Map<string, Map<string, readonly string[]>>;
  readonly users: Map<string, object>;
  /** Scopes of the token. */
  readonly scopes: Set<string>;
}

export const SLACK_TOKEN = "xoxb-1234567890-abcdefghijklmnop";
export const SLACK_CHANNEL = "C0123456789";
export const SLACK_WEBHOOK = "https://hooks.slack.com/services/T0123/B0123/secretsecretsecret";

const ARGUMENTS: Readonly<
  Record<string, { readonly scope: string; readonly get: boolean; readonly names: readonly string[] }>
> = {
  "chat.postMessage": {
    scope: "chat:write",
    get: false,
    names: [
      "channel",
      "text",
      "blocks",
      "attachments",
      "mrkdwn",
      "parse",
      "link_names",
      "unfurl_links",
      "unfurl_media",
      "thread_ts",
      "reply_broadcast",
    ],
  },
  "chat.update": {
    scope: "chat:write",
    get: false,
    names: ["channel", "ts", "text", "blocks", "attachments", "parse", "link_names", "reply_broadcast"],
  },
  "reactions.get": { scope: "reactions:read", get: true, names: ["channel", "timestamp", "full"] },
  "users.info": { scope: "users:read", get: true, names: ["user"] },
};

/** Slack's Web API and its incoming webhooks, as far as they are used: https://docs.slack.dev/reference/methods */
export function fakeSlack(): FakeSlack {
  const state: FakeSlack = {
    hosts: ["slack.com", "hooks.slack.com"],
    failures: [],
    violations: [],
    messages: [],
    reactions: new Map(),
    users: new Map(),
    scopes: new Set(["chat:write", "reactions:read", "users:read"]),
    answer: (request) => {
      const failure = state.failures.shift();
      if (failure !== undefined) return failure;
      return request.host === "slack.com" ? callMethod(state, request) : postWebhook(state, request);
    },
  };
  return state;
}

const failed = (error: string, more: object = {}): VendorAnswer => jsonAnswer(200, { ok: false, error, ...more });

function callMethod(state: FakeSlack, request: VendorRequest): VendorAnswer {
  const [path = "", query = ""] = request.path.split("?");
  const name = path.replace("/api/", "");
  const method = ARGUMENTS[name];
  if (method === undefined) return failed("unknown_method");
  if (request.headers.authorization !== `Bearer ${SLACK_TOKEN}`) return failed("invalid_auth");
  if (!state.scopes.has(method.scope)) return failed("missing_scope", { needed: method.scope });
  const wanted = method.get ? "GET" : "POST";
  if (request.method !== wanted) state.violations.push(`${name} by ${request.method}`);
  if (!method.get && request.headers["content-type"] !== "application/json; charset=utf-8") {
    state.violations.push(`${name} without a JSON content type and charset`);
  }
  const parsed = method.get ? { value: Object.fromEntries(new URLSearchParams(query)) } : parseJson(request.body);
  if (!("value" in parsed) || !isObject(parsed.value)) return failed("invalid_json");
  const body = parsed.value;
  for (const key of Object.keys(body)) {
    if (!method.names.includes(key)) state.violations.push(`${name} has no argument ${key}`);
  }
  if (name === "users.info") {
    const user = state.users.get(String(body.user));
    return user === undefined ? failed("user_not_found") : jsonAnswer(200, { ok: true, user });
  }
  if (body.channel !== SLACK_CHANNEL) return failed("channel_not_found");
  if (name === "reactions.get") return reactionsOf(state, String(body.timestamp));
  return name === "chat.update" ? update(state, body) : post(state, body);
}

function checkMessage(state: FakeSlack, body: JsonObject): string | undefined {
  if (typeof body.text === "string" && body.text.length > 40_000) return "msg_too_long";
  const attachments = (body.attachments ?? []) as readonly JsonObject[];
  const wrong = [
    ...(body.blocks === undefined ? [] : blockViolations(body.blocks)),
    ...attachments.flatMap(({ blocks }) => (blocks === undefined ? [] : blockViolations(blocks))),
    ...(typeof body.text === "string" && body.text.length > 4_000 ? ["text is longer than is recommended"] : []),
  ];
  state.violations.push(...wrong);
  return wrong.length > 0 ? "invalid_blocks" : undefined;
}

function post(state: FakeSlack, body: JsonObject): VendorAnswer {
  const wrong = checkMessage(state, body);
  if (wrong !== undefined) return failed(wrong);
  if (body.text === undefined && body.blocks === undefined) return failed("no_text");
  const threadTs = body.thread_ts === undefined ? undefined : String(body.thread_ts);
  if (threadTs !== undefined && !state.messages.some(({ ts }) => ts === threadTs)) return failed("thread_not_found");
  const ts = `1763605800.${String(state.messages.length + 1).padStart(6, "0")}`;
  state.messages.push({
    ts,
    channel: SLACK_CHANNEL,
    ...(threadTs === undefined ? {} : { threadTs }),
    broadcast: body.reply_broadcast === true,
    text: String(body.text ?? ""),
    blocks: (body.blocks ?? []) as readonly JsonObject[],
    attachments: (body.attachments ?? []) as readonly JsonObject[],
  });
  return jsonAnswer(200, { ok: true, channel: SLACK_CHANNEL, ts, message: { ts } });
}

/** Keeps blocks and text where the call has neither, as chat.update's documentation of `blocks` says. */
function update(state: FakeSlack, body: JsonObject): VendorAnswer {
  const message = state.messages.find(({ ts }) => ts === body.ts);
  if (message === undefined) return failed("message_not_found");
  const wrong = checkMessage(state, body);
  if (wrong !== undefined) return failed(wrong);
  if (body.text === undefined && body.blocks === undefined && body.attachments === undefined) return failed("no_text");
  if (body.blocks !== undefined || body.text !== undefined) {
    message.blocks = (body.blocks ?? []) as readonly JsonObject[];
    message.text = String(body.text ?? "");
  }
  if (body.attachments !== undefined) message.attachments = body.attachments as readonly JsonObject[];
  return jsonAnswer(200, { ok: true, channel: SLACK_CHANNEL, ts: message.ts });
}

function reactionsOf(state: FakeSlack, ts: string): VendorAnswer {
  if (!state.messages.some((message) => message.ts === ts)) return failed("message_not_found");
  const reactions = [...(state.reactions.get(ts) ?? [])].map(([name, users]) => ({ name, users, count: users.length }));
  const message = { type: "message", ts, ...(reactions.length === 0 ? {} : { reactions }) };
  return jsonAnswer(200, { ok: true, type: "message", channel: SLACK_CHANNEL, message });
}

const WEBHOOK_FIELDS = ["text", "blocks", "attachments", "mrkdwn", "unfurl_links", "unfurl_media", "thread_ts"];

function postWebhook(state: FakeSlack, request: VendorRequest): VendorAnswer {
  if (request.path !== new URL(SLACK_WEBHOOK).pathname) return { status: 404, body: "no_service" };
  const parsed = parseJson(request.body);
  if (!("value" in parsed) || !isObject(parsed.value)) return { status: 400, body: "invalid_payload" };
  for (const key of Object.keys(parsed.value)) {
    if (!WEBHOOK_FIELDS.includes(key)) state.violations.push(`a webhook takes no ${key}`);
  }
  const answer = post(state, parsed.value);
  const { error } = JSON.parse(answer.body) as { readonly error?: string };
  return error === undefined ? { status: 200, body: "ok" } : { status: 400, body: error };
}
