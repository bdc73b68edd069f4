import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import type { Card } from "../../../alerting/channels/card";
import { ChannelRefusal, ChannelUnavailable, type SendTools } from "../../../alerting/channels/channel";
import { webhook } from "../../../alerting/channels/webhook";
import { ALARM_CARD, EXAMPLE_CARDS, INCIDENT_CARDS } from "../../channels/example-cards";
import { jsonAnswer, type Vendor, type VendorAnswer, type VendorOutcome } from "../../channels/vendors/vendor";
import { webhookReceiver } from "../../channels/vendors/webhook-receiver";
import { propertyRuns } from "../../property-runs";
import { anyCard } from "./any-card";
import { expectGolden } from "./golden";
import { failureOf, NOW, sendTools } from "./send-tools";

const URL_ = "https://alerts.example.com/hooks/T0KENINPATH?code=T0KENINQUERY";
const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAAAAAAAAAA=";
const secretOf = (url: string, key: string): string => JSON.stringify({ url, key });
const SECRET = secretOf(URL_, KEY);
const alert = Object.values(EXAMPLE_CARDS)[0] as Card;

/** The published library looks at the clock itself. */
const at = (now: number): void => void jest.setSystemTime(now);
beforeEach(() => void jest.useFakeTimers({ now: NOW }));
afterEach(() => void jest.useRealTimers());

/** A receiver that answers everything so. */
const answering = (answer: VendorAnswer): Vendor => ({
  hosts: { includes: () => true } as unknown as readonly string[],
  failures: [],
  violations: [],
  answer: () => answer,
});

const send = (card: Card, tools: SendTools): Promise<unknown> => webhook.send(card, undefined, tools);

test.each(Object.entries(EXAMPLE_CARDS))("%s is sent as its golden file says", (name, card) => {
  const form = webhook.render(card, {}, undefined);

  expectGolden("webhook", name, form);
});

test("an incident is sent as its golden file says", () => {
  const forms = INCIDENT_CARDS.map((card) => webhook.render(card, {}, undefined));

  expectGolden("webhook", "incident", forms);
});

test.each(["summary", "root", "hostile"])("%s is sent as OCSF as its golden file says", (name) => {
  expectGolden("webhook", `ocsf-${name}`, webhook.render(EXAMPLE_CARDS[name] as Card, { format: "ocsf" }, undefined));
});

test("in format ocsf alerts and summaries are sent as findings, and nothing else is", async () => {
  const receiver = webhookReceiver(URL_, KEY);
  const tools = sendTools(receiver, { secret: SECRET, settings: { format: "ocsf" } });
  for (const card of [...Object.values(EXAMPLE_CARDS), INCIDENT_CARDS.at(-1) as Card]) await send(card, tools);

  const findings = Object.values(EXAMPLE_CARDS).filter(({ kind }) => kind === "alert" || kind === "summary");
  expect(receiver.ids).toEqual(findings.map(({ notificationId }) => notificationId.replaceAll(".", "-")));
  expect(receiver.received).toEqual(findings.map(() => expect.objectContaining({ class_uid: 2004 })));
});

describe("what is signed", () => {
  test.each([KEY, "any text of 32 characters or more"])(
    "is taken by the published library, with key %s",
    async (key) => {
      const receiver = webhookReceiver(URL_, key);
      const tools = sendTools(receiver, { secret: secretOf(URL_, key) });
      await send(alert, tools);

      expect(receiver.received).toEqual([alert.notification]);
      expect(receiver.ids).toEqual([alert.notificationId]);
      expect(tools.sent[0]?.headers["webhook-timestamp"]).toBe(String(NOW / 1_000));
    },
  );

  test("is not taken by who has another key", async () => {
    const receiver = webhookReceiver(URL_, KEY.replace("MfKQ", "AAAA"));
    const error = await failureOf(send(alert, sendTools(receiver, { secret: SECRET })));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toMatch(/answered 401: .*No matching signature found.*has the key/);
    expect(receiver.received).toEqual([]);
  });

  test("is neither taken with another body nor with another id nor later than five minutes", async () => {
    const receiver = webhookReceiver(URL_, KEY);
    const tools = sendTools(answering({ status: 204, body: "" }), { secret: SECRET });
    await send(alert, tools);
    const [request] = tools.sent;
    const { headers, body } = request as { headers: Record<string, string>; body: string };
    const replay = (changed: object, text = body): unknown => {
      const { host, pathname, search } = new URL(URL_);
      const all = { ...headers, ...changed };
      const answer = receiver.answer({ method: "POST", host, path: pathname + search, headers: all, body: text });
      return (answer as VendorAnswer).status;
    };

    expect(replay({}, body.replace("succeeded", "denied"))).toBe(401);
    expect(replay({ "webhook-id": "another" })).toBe(401);
    at(NOW + 5 * 60_000 + 1_000);
    expect(replay({})).toBe(401);
    at(NOW + 4 * 60_000);
    expect(replay({})).toBe(204);
  });

  test("has the same id when it is sent again, so a receiver has it once", async () => {
    const receiver = webhookReceiver(URL_, KEY);
    receiver.failures.push("cut");
    await failureOf(send(alert, sendTools(receiver, { secret: SECRET })));
    at(NOW + 600_000);
    await send(alert, sendTools(receiver, { secret: SECRET, now: NOW + 600_000 }));

    expect(receiver.received).toHaveLength(1);
  });

  test("has no full stop in its id, and says what an alarm is, which has no notification", async () => {
    const receiver = webhookReceiver(URL_, KEY);
    await send({ ...ALARM_CARD, notificationId: "alarm#a.b#2026" }, sendTools(receiver, { secret: SECRET }));

    expect(receiver.ids).toEqual(["alarm#a-b#2026"]);
    expect(receiver.received).toMatchObject([{ version: "1.0", kind: "alarm", time: "2026-11-20T02:20:00Z" }]);
  });
});

describe("an answer", () => {
  const sending = (failure: VendorOutcome): Promise<unknown> => {
    const receiver = webhookReceiver(URL_, KEY);
    receiver.failures.push(failure);
    return send(alert, sendTools(receiver, { secret: SECRET }));
  };

  test.each([200, 201, 202, 204, 299])("of %d accepts", async (status) => {
    await expect(sending(jsonAnswer(status, {}))).resolves.toBeUndefined();
  });

  test.each([
    [jsonAnswer(408, {}), undefined],
    [jsonAnswer(425, {}), undefined],
    [jsonAnswer(429, {}), 60],
    [jsonAnswer(429, {}, { "Retry-After": "86400" }), 3_600],
    [jsonAnswer(500, {}), undefined],
    [jsonAnswer(503, {}, { "retry-after": "soon" }), undefined],
    ["slow" as const, undefined],
    ["cut" as const, undefined],
  ])("that passes is waited for: %j", async (failure, retryAfterSeconds) => {
    const error = await failureOf(sending(failure));

    expect(error).toBeInstanceOf(ChannelUnavailable);
    expect(error.retryAfterSeconds).toBe(retryAfterSeconds);
  });

  test.each([
    [301, "Redirects are not followed"],
    [308, "Redirects are not followed"],
    [400, "Check the receiver's log"],
    [404, "Check the address in the secret"],
    [410, "The receiver wants no more notifications"],
    [413, "Let the receiver accept bodies of 256 KB"],
    [418, "Check the receiver's log"],
  ])("of %d refuses, with what to do", async (status, remedy) => {
    const error = await failureOf(sending(jsonAnswer(status, {})));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(error.message).toContain(`answered ${status}`);
    expect(error.message).toContain(remedy);
  });

  test("that repeats the secret is not repeated", async () => {
    const words = `POST ${URL_} (${encodeURIComponent(URL_)}) /hooks/T0KENINPATH T0KENINQUERY ${KEY} ${KEY.slice(6)}`;
    const error = await failureOf(sending({ status: 404, headers: { location: URL_ }, body: words }));

    expect(error.message).not.toMatch(/T0KEN|MfKQ|alerts\.example\.com/);
  });
});

describe("a secret", () => {
  const refused = async (secret: string): Promise<string> => {
    const tools = sendTools(answering(jsonAnswer(200, {})), { secret });
    const error = await failureOf(send(alert, tools));

    expect(error).toBeInstanceOf(ChannelRefusal);
    expect(tools.sent).toEqual([]);
    return error.message;
  };

  test.each([
    ["", "url must be an address such as"],
    ["https://hunter2.example.com", "url must be an address such as"],
    [secretOf("hunter2", KEY), "url must be an address such as"],
    [secretOf("http://hunter2.example.com/", KEY), "url must begin with https://"],
    [secretOf("https://ann:hunter2@example.com/", KEY), "url must have no user and password"],
    [secretOf("https://example.com/", "hunter2"), "key must be whsec_ and the base64 of 24 to 64 random bytes"],
    [secretOf("https://example.com/", "whsec_hunter2"), "key must have the base64 of 24 to 64 bytes after whsec_"],
    [secretOf("https://example.com/", `whsec_${"a".repeat(100)}`), "key must have the base64 of 24 to 64 bytes"],
    [secretOf("https://example.com/", `whsec_${"hunter2!".repeat(5)}`), "key must have the base64 of 24 to 64 bytes"],
  ])("that is none says what it must be, and not what it is: %s", async (secret, expected) => {
    const message = await refused(secret);

    expect(message).toContain(expected);
    expect(message).not.toContain("hunter2");
  });

  test.each([
    "169.254.169.254",
    "169.254.170.2",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.169.254.",
    "[fd00:ec2::254]",
    "[fd00:0ec2:0::254]",
    "[::ffff:169.254.169.254]",
    "[fe80::1]",
    "[febf::1]",
  ])("with the address of a metadata service is refused: %s", async (host) => {
    expect(await refused(secretOf(`https://${host}/latest/`, KEY))).toContain("url must not be a link-local address");
  });

  test.each(["10.0.0.7", "172.16.0.1:8443", "[fd00::1]", "169-254.example.com", "localhost"])(
    "with an address in one's own network is the owner's to choose: %s",
    async (host) => {
      const tools = sendTools(answering(jsonAnswer(200, {})), { secret: secretOf(`https://${host}/`, KEY) });
      await send(alert, tools);

      expect(tools.sent).toHaveLength(1);
    },
  );
});

test("whatever a card holds, the published library takes what is signed, and gets the notification", async () => {
  await fc.assert(
    fc.asyncProperty(anyCard, async (card) => {
      const receiver = webhookReceiver(URL_, KEY);
      const { notification, ...alone } = card;
      for (const each of [card, alone]) await send(each, sendTools(receiver, { secret: SECRET }));

      // Both have the same id, so the second is taken as the first sent again.
      expect(receiver.received).toHaveLength(1);
      expect(JSON.stringify(receiver.received)).not.toMatch(/\\ud[89a-f]/i);
      if (notification !== undefined) expect(receiver.received).toMatchObject([{ id: notification.id }]);
    }),
    { numRuns: propertyRuns(1_000), endOnFailure: true },
  );
});
