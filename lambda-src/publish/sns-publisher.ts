import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Alert } from "./alert";
import { emailSubject, emailText } from "./email";
import { smsText } from "./sms";

/**
 * Publishes alerts to one topic: readable text for email, a short text for SMS, JSON for queues and web hooks. The
 * message attributes are what subscribers filter on.
 *
 * @param callMs milliseconds after which a call is given up, all its tries together
 */
export function snsPublisher(client: SNSClient, topicArn: string, callMs: number): (alert: Alert) => Promise<void> {
  return async (alert) => {
    const text = emailText(alert);
    const json = JSON.stringify(alert);
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: emailSubject(alert),
        MessageStructure: "json",
        Message: JSON.stringify({
          default: text,
          email: text,
          sms: smsText(alert),
          http: json,
          https: json,
          sqs: json,
        }),
        MessageAttributes: {
          severity: attribute(alert.severity),
          detection: attribute(alert.detection),
          account: attribute(alert.account),
          region: attribute(alert.region),
        },
      }),
      { abortSignal: AbortSignal.timeout(callMs) },
    );
  };
}

function attribute(value: string): { DataType: string; StringValue: string } {
  return { DataType: "String", StringValue: value };
}
