import { isObject, type JsonObject, parseJson } from "../../../detection/events/json";
import { cardViolations } from "./adaptive-card";
import { jsonAnswer, type Vendor, type VendorAnswer, type VendorRequest } from "./vendor";

export const TEAMS_ADDRESS =
  "https://default0123456789abcdef.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=secretsignature";

/** Teams refuses larger messages: https://learn.microsoft.com/connectors/teams/#limits */
const BYTES = 28 * 1_024;

export interface FakeTeams extends Vendor {
  /** Adaptive cards, as they were posted. */
  readonly cards: JsonObject[];
}

/** A workflow that begins with "When a Teams webhook request is received" and posts each of the attachments. */
export function fakeTeams(): FakeTeams {
  const state: FakeTeams = {
    hosts: [new URL(TEAMS_ADDRESS).host],
    failures: [],
    violations: [],
    cards: [],
    answer: (request) => state.failures.shift() ?? trigger(state, request),
  };
  return state;
}

function trigger(state: FakeTeams, request: VendorRequest): VendorAnswer {
  const { pathname, search } = new URL(TEAMS_ADDRESS);
  if (request.path !== pathname + search) {
    return jsonAnswer(401, {
      error: { code: "DirectApiAuthorizationRequired", message: "The signature is not valid." },
    });
  }
  if (request.method !== "POST") state.violations.push(`triggered by ${request.method}`);
  if (!request.headers["content-type"]?.startsWith("application/json")) state.violations.push("not JSON by its type");
  if (Buffer.byteLength(request.body) > BYTES) {
    state.violations.push(`${Buffer.byteLength(request.body)} bytes`);
    return jsonAnswer(413, { error: { code: "RequestEntityTooLarge", message: "Request entity too large." } });
  }
  const parsed = parseJson(request.body);
  const wrong = "value" in parsed ? messageViolations(parsed.value) : ["not JSON"];
  state.violations.push(...wrong);
  if (wrong.length > 0) return jsonAnswer(400, { error: { code: "BadRequest", message: wrong.join("; ") } });
  const { attachments } = (parsed as { readonly value: { readonly attachments: readonly { content: JsonObject }[] } })
    .value;
  state.cards.push(...attachments.map(({ content }) => content));
  return { status: 202, body: "" };
}

function messageViolations(message: unknown): string[] {
  if (!isObject(message) || message.type !== "message") return ["type is message"];
  if (!Array.isArray(message.attachments) || message.attachments.length !== 1) return ["attachments has one"];
  return message.attachments.flatMap((attachment: JsonObject) => [
    ...(attachment.contentType === "application/vnd.microsoft.card.adaptive" ? [] : ["contentType is wrong"]),
    ...(attachment.contentUrl === null ? [] : ["contentUrl is null"]),
    ...cardViolations(attachment.content),
  ]);
}
