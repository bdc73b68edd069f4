import { createHmac } from "node:crypto";
import { isObject, parseJson, textAt } from "../../detection/events/json";
import { isoTime } from "../../detection/events/text";
import { NOTIFICATION_VERSION } from "../notification/notification";
import { ocsfFinding } from "../notification/ocsf";
import { PRODUCT_VERSION } from "../notification/product-version";
import type { Card } from "./card";
import { type Channel, ChannelRefusal, type SendTools } from "./channel";
import { assertAccepted } from "./vendor-answer";

const MINIMUM_KEY = 32;
/** Bytes of a key that begins with `whsec_`, by the specification. */
const KEY_BYTES = { minimum: 24, maximum: 64 };
const RATE_LIMIT_SECONDS = 60;

const SECRET = '{"url": "https://…", "key": "whsec_…"}';

/**
 * Any HTTPS endpoint: the notification's JSON, signed as https://www.standardwebhooks.com says, whose libraries verify it.
 *
 * Headers: `webhook-id`, the notification's id, the same whenever it is sent again; `webhook-timestamp`, seconds since 1970 of this
 * attempt; `webhook-signature`, `v1,` and the base64 of the HMAC-SHA256 of `<id>.<timestamp>.<body>`. Receivers refuse a timestamp
 * that is more than five minutes away, and an id that they have had.
 *
 * An alarm and an urgent alert have no notification: their JSON is made from the card. In format `ocsf` alerts and summaries are sent
 * and nothing else is, as nothing else is a finding.
 */
export const webhook: Channel = {
  type: "webhook",
  label: "Webhook",
  settings: {
    format: {
      required: false,
      pattern: /^(trailwarden|ocsf)$/,
      allowed: "trailwarden or ocsf",
      docs: "Format of the body: `trailwarden` (default), as in `docs/alert-schema.json`, or `ocsf`, class 2004 of OCSF, for SIEMs.",
    },
  },
  secret: `JSON ${SECRET}: the endpoint, whose address may itself be a secret, and the key that signs`,
  threads: false,
  permissions: () => [],
  render: (card, { format }) => body(card, format, card.time ?? 0) ?? {},
  send: async (card, _thread, tools) => {
    const { url, key } = secretOf(tools);
    const json = body(card, tools.settings.format, tools.now);
    if (json === undefined) return undefined;
    const id = headerId(card.notificationId);
    const timestamp = String(Math.floor(tools.now / 1_000));
    const text = JSON.stringify(json);
    const signature = createHmac("sha256", keyBytes(key)).update(`${id}.${timestamp}.${text}`).digest("base64");
    const answer = await tools.request({
      method: "POST",
      url: url.href,
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature}`,
      },
      body: text,
    });
    assertAccepted(answer, {
      vendor: "The webhook's receiver",
      secrets: secretsIn(url, key),
      now: tools.now,
      rateLimitSeconds: RATE_LIMIT_SECONDS,
      remedies: {
        300: "Redirects are not followed: write the final address into the secret",
        400: "Check the receiver's log: it has not accepted the notification",
        401: "Check that the receiver has the key that is in the secret, and that its clock is right",
        403: "Check that the receiver has the key that is in the secret, and that its clock is right",
        404: "Check the address in the secret",
        410: "The receiver wants no more notifications: remove the channel, or write another address into the secret",
        413: "Let the receiver accept bodies of 256 KB",
      },
    });
    return undefined;
  },
};

/** @returns undefined for what has no form in the format */
function body(card: Card, format: string | undefined, now: number): object | undefined {
  const { notification } = card;
  if (format !== "ocsf") return wellFormed(notification ?? bodyOfCard(card)) as object;
  if (notification?.kind !== "alert" && notification?.kind !== "summary") return undefined;
  return wellFormed(ocsfFinding(notification, { version: PRODUCT_VERSION, now })) as object;
}

/** Of what has no notification, in the words of one. */
function bodyOfCard(card: Card): object {
  const { notificationId: id, kind, severity, account, region, headline, title, time } = card;
  const { facts, steps, resources, detections } = card;
  return {
    version: NOTIFICATION_VERSION,
    kind,
    id,
    severity,
    account,
    region,
    headline,
    title,
    ...(time === undefined ? {} : { time: isoTime(time) }),
    facts,
    steps,
    links: card.links,
    resources,
    detections,
  };
}

/** The same with half characters replaced, which many parsers of JSON refuse. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\p{Cs}/gu, "\uFFFD");
  if (Array.isArray(value)) return value.map(wellFormed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key.replace(/\p{Cs}/gu, "\uFFFD"), wellFormed(child)]),
  );
}

/** The specification wants no full stop in it; a header's value is visible ASCII. */
function headerId(id: string): string {
  return id.replace(/[^!-~]|\./g, "-") || "-";
}

function keyBytes(key: string): Buffer {
  return key.startsWith("whsec_") ? Buffer.from(key.slice("whsec_".length), "base64") : Buffer.from(key);
}

function secretOf({ secret }: SendTools): { readonly url: URL; readonly key: string } {
  const parsed = parseJson(secret);
  const value = "value" in parsed && isObject(parsed.value) ? parsed.value : {};
  const address = textAt(value, "url") ?? "";
  const key = textAt(value, "key") ?? "";
  const problem = urlProblem(address) ?? keyProblem(key);
  if (problem === undefined) return { url: new URL(address), key };
  throw new ChannelRefusal(`the secret of the webhook channel is not ${SECRET}: ${problem}`);
}

function urlProblem(address: string): string | undefined {
  if (!URL.canParse(address)) return "url must be an address such as https://alerts.example.com/trailwarden";
  const url = new URL(address);
  if (url.protocol !== "https:") return "url must begin with https://, as the notification is not for everyone to read";
  if (url.username !== "" || url.password !== "") {
    return "url must have no user and password: receivers check the signature instead";
  }
  if (isLinkLocal(url.hostname)) {
    return "url must not be a link-local address, where AWS answers with credentials and metadata";
  }
  return undefined;
}

/** 169.254.0.0/16 as IPv4 and within IPv6, fe80::/10, and fd00:ec2::/32; `URL` has made one spelling of each. */
function isLinkLocal(host: string): boolean {
  return /^169\.254\.\d+\.\d+\.?$|^\[(.*:)?a9fe:[0-9a-f]{1,4}\]$|^\[fe[89ab][0-9a-f]:|^\[fd00:ec2:/.test(host);
}

function keyProblem(key: string): string | undefined {
  if (!key.startsWith("whsec_")) {
    return key.length >= MINIMUM_KEY
      ? undefined
      : `key must be whsec_ and the base64 of ${KEY_BYTES.minimum} to ${KEY_BYTES.maximum} random bytes, or any ${MINIMUM_KEY} characters or more. Make one with: echo whsec_$(openssl rand -base64 32)`;
  }
  const { length } = keyBytes(key);
  const isBase64 = /^[0-9A-Za-z+/]+={0,2}$/.test(key.slice("whsec_".length));
  return isBase64 && length >= KEY_BYTES.minimum && length <= KEY_BYTES.maximum
    ? undefined
    : `key must have the base64 of ${KEY_BYTES.minimum} to ${KEY_BYTES.maximum} bytes after whsec_. Make one with: echo whsec_$(openssl rand -base64 32)`;
}

/** The address, and its parts in which a token may be. */
function secretsIn(url: URL, key: string): readonly string[] {
  const parts = [url.pathname, ...url.pathname.split("/"), url.search, ...url.searchParams.values(), url.hash];
  return [key, key.replace(/^whsec_/, ""), url.href, url.host, ...parts.filter((part) => part.length >= 6)];
}
