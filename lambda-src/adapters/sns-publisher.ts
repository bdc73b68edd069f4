import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Notice } from "../../alerting/notices/notice";
import type { shortened } from "../../alerting/notices/shortened";
import { cut } from "../../detection/events/text";

/** Bytes of a message with its attributes that SNS takes, less what the attributes may come to. Source: API_Publish. */
const MAX_MESSAGE_BYTES = 262_144 - 2_048;

/** Characters that the email of a message too large may keep: it comes twice, and a character may take six bytes. */
const EMAIL_LENGTH = 5_000;
const EMAIL_LINE = 1_000;

/**
 * Publishes notices to one topic: readable text for email, a short text for SMS, JSON for queues and web hooks. What is
 * too large for SNS is shortened, and says so.
 *
 * @param signal aborts a call, all its tries together, when its time is over
 * @param shorten `shortened`, which hardly any message needs
 */
export function snsPublisher(
  client: SNSClient,
  topicArn: string,
  signal: () => AbortSignal,
  shorten: typeof shortened,
): (notice: Notice) => Promise<void> {
  return async (notice) => {
    const { kind, severity, detection, account, region } = notice.attributes;
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: notice.subject,
        MessageStructure: "json",
        Message: messageOf(notice, MAX_MESSAGE_BYTES, shorten),
        MessageAttributes: {
          kind: attribute(kind),
          severity: attribute(severity),
          detection: attribute(detection),
          account: attribute(account),
          region: attribute(region),
          // Else SMS go out by the account's setting, which is Promotional unless it was changed: cheaper, later, or not at all.
          "AWS.SNS.SMS.SMSType": attribute("Transactional"),
        },
      }),
      { abortSignal: signal() },
    );
  };
}

/** The text for each protocol, as one JSON text of no more bytes than given (at least some 128 KB). */
export function messageOf(notice: Notice, maximumBytes: number, shorten: typeof shortened): string {
  const { sms } = notice;
  const message = (email: string, json: object) => {
    const text = JSON.stringify(json);
    return JSON.stringify({ default: email, email, sms, http: text, https: text, sqs: text });
  };
  const whole = message(notice.email, notice.json);
  if (Buffer.byteLength(whole) <= maximumBytes) return whole;
  const email = shortEmail(notice.email);
  for (const limit of [4_000, 1_000, 250]) {
    const shorter = message(email, shorten(notice.json, limit));
    if (Buffer.byteLength(shorter) <= maximumBytes) return shorter;
  }
  return message(email, shorten(notice.json, 50));
}

/** First the lines that are too long are cut, so that what follows them stays, then the text. */
function shortEmail(email: string): string {
  const lines = email.split("\n").map((line) => cut(line, EMAIL_LINE));
  const shorter = cut(lines.join("\n"), EMAIL_LENGTH);
  return shorter === email
    ? email
    : `${shorter.trimEnd()}\n\nShortened: too long for SNS. The log archive has every event.\n`;
}

function attribute(value: string): { DataType: string; StringValue: string } {
  return { DataType: "String", StringValue: value };
}
