import {
  type ChannelAnswer,
  ChannelRefusal,
  type ChannelRequest,
  ChannelUnavailable,
} from "../../alerting/channels/channel";

/** Milliseconds until there must be an answer, its body included. */
const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 65_536;

interface Caused {
  readonly name?: unknown;
  readonly cause?: { readonly code?: unknown };
}

/**
 * Sends a channel's request. Nothing it says of the address but the host: of a webhook, the path is the secret.
 *
 * @param fetchIt tests hand in another
 * @throws ChannelUnavailable when there is no answer in time; ChannelRefusal for an address that is not https, and for a redirect
 */
export async function httpsRequest(
  { method, url, headers, body }: ChannelRequest,
  fetchIt: typeof fetch = fetch,
  timeoutMs = TIMEOUT_MS,
): Promise<ChannelAnswer> {
  if (!URL.canParse(url) || new URL(url).protocol !== "https:") {
    throw new ChannelRefusal(
      "the channel's address is not an https:// address: correct it in the secret or the settings",
    );
  }
  const { host } = new URL(url);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetchIt(url, { method, headers, body: body ?? null, redirect: "manual", signal });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new ChannelRefusal(`${host} answered with a redirect (${response.status}), which is not followed`);
    }
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await beginningOf(response.body),
    };
  } catch (error) {
    if (error instanceof ChannelRefusal) throw error;
    throw new ChannelUnavailable(`${host} can't be reached: ${reasonFor(error, timeoutMs)}`);
  }
}

/** Reads no more than is allowed, however much there is. */
async function beginningOf(stream: ReadableStream<Uint8Array> | null): Promise<string> {
  if (!stream) return "";
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < MAX_BODY_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.byteLength;
  }
  if (size >= MAX_BODY_BYTES) await reader.cancel();
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString("utf8");
}

/** Codes alone: messages of `fetch` may hold the address. */
function reasonFor(error: unknown, timeoutMs: number): string {
  const { name, cause }: Caused = Object(error);
  if (name === "TimeoutError" || name === "AbortError") return `no answer within ${timeoutMs / 1000} seconds`;
  return typeof cause?.code === "string" ? cause.code : "the connection failed";
}
