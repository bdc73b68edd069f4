import type { Notification } from "../../alerting/notification/notification";
import type { Path } from "../../alerting/outcomes/match";
import { isObject, type JsonObject, objectAt, parseJson, textAt } from "../../detection/events/json";
import type { RuleDelivery } from "./event-bus";
import type { PublishedMessage } from "./local-aws";
import type { Subscription } from "./synthesized-stack";

/** A message as the subscribers of its topic get it. */
export interface DeliveredAlert {
  readonly path: Path;
  /** The topic's name. */
  readonly topic: string;
  readonly detection: string;
  readonly severity: string;
  readonly eventID: string;
  readonly eventName: string;
  /** Time, region, actor and address on one line. */
  readonly summary: string;
  readonly subject: string;
  /** What each subscriber reads, in the order of the configuration. */
  readonly readings: readonly Reading[];
}

export interface Reading {
  readonly protocol: string;
  readonly endpoint: string;
  readonly text: string;
}

/** SNS's part of the way: filter policies, and the text made for each protocol. */
export function deliverPublished(
  published: PublishedMessage,
  path: Path,
  subscriptions: readonly Subscription[],
): DeliveredAlert {
  const texts = textsOf(published);
  const alert = jsonOf(texts.sqs ?? "");
  const event = objectAt(alert, "event");
  const text = (object: JsonObject, name: string) => textAt(object, name) ?? "";
  const severity = published.attributes.severity ?? "";
  return {
    path,
    topic: nameOf(published.topicArn),
    severity,
    detection: published.attributes.detection ?? "",
    eventID: text(event, "id"),
    eventName: text(event, "name"),
    summary: `${text(event, "time")} ${text(alert, "region")} ${text(event, "name")} by ${text(objectAt(alert, "actor"), "description")} from ${text(alert, "sourceIPAddress")}`,
    subject: published.subject,
    readings: subscriptions
      .filter(({ topicArn }) => topicArn === published.topicArn)
      .filter(({ severities }) => severities === undefined || severities.includes(severity))
      .map(({ protocol, endpoint }) => ({ protocol, endpoint, text: texts[protocol] ?? texts.default ?? "" })),
  };
}

/** The JSON that the function has published, as channels get it; undefined of a text without one. */
export function notificationIn(published: PublishedMessage): Notification | undefined {
  const { sqs } = textsOf(published);
  const json = jsonOf(sqs ?? "");
  // The function is ours: whatever has a kind is a notification.
  return typeof json.kind === "string" ? (json as unknown as Notification) : undefined;
}

/** EventBridge's own message to a topic: the same text for everybody, without attributes. */
export function deliverFromRule(
  { targetArn, body, event }: RuleDelivery,
  detection: { readonly id: string; readonly severity: string },
  subscriptions: readonly Subscription[],
): DeliveredAlert {
  const { detail } = event;
  return {
    path: "event",
    topic: nameOf(targetArn),
    severity: detection.severity,
    detection: detection.id,
    eventID: textAt(detail, "eventID") ?? "",
    eventName: detail.eventName,
    summary: `${textAt(detail, "eventTime") ?? "unknown time"} ${event.region} ${detail.eventName} from ${textAt(detail, "sourceIPAddress") ?? "unknown"}`,
    subject: "AWS Notification Message",
    readings: subscriptions
      .filter(({ topicArn, severities }) => topicArn === targetArn && severities === undefined)
      .map(({ protocol, endpoint }) => ({ protocol, endpoint, text: body })),
  };
}

function textsOf({ message, structure }: PublishedMessage): Readonly<Record<string, string>> {
  if (structure !== "json") return { default: message };
  return Object.fromEntries(Object.entries(jsonOf(message)).map(([protocol, text]) => [protocol, String(text)]));
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  const parsed = parseJson(text);
  return "value" in parsed && isObject(parsed.value) ? parsed.value : {};
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
