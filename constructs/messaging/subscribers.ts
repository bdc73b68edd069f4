import { createHash } from "node:crypto";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { Subscriber } from "../../config/schema";
import { SEVERITIES, severitiesFrom } from "../../detection/definition/detection";

export interface SubscribersProps {
  readonly subscribers: readonly Subscriber[];
  readonly alertsTopicArn: string;
  readonly urgentTopicArn: string;
  /** ARN of the queue that takes what can't be delivered to a subscriber. */
  readonly deadLetterArn: string;
}

/**
 * Subscribes everybody to both topics: to alerts from their least severity upwards and of their accounts, to urgent ones
 * without a filter, because neither EventBridge nor an alarm can set the attributes to filter on.
 */
export class Subscribers extends Construct {
  constructor(scope: Construct, id: string, props: SubscribersProps) {
    super(scope, id);
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: props.deadLetterArn });
    for (const { protocol, endpoint, minSeverity, accounts } of props.subscribers) {
      const name = subscriberId(protocol, endpoint);
      const severities = severitiesFrom(minSeverity);
      const filter = {
        ...(severities.length < SEVERITIES.length && { severity: severities }),
        ...(accounts && { account: accounts }),
      };
      new SnsTopicSubscription(this, `${name}Alerts`, {
        topicArn: props.alertsTopicArn,
        protocol,
        endpoint,
        redrivePolicy,
        ...(Object.keys(filter).length > 0 && {
          filterPolicyScope: "MessageAttributes",
          filterPolicy: JSON.stringify(filter),
        }),
      });
      new SnsTopicSubscription(this, `${name}Urgent`, {
        topicArn: props.urgentTopicArn,
        protocol,
        endpoint,
        redrivePolicy,
      });
    }
  }
}

/** Depends on the endpoint, not on its place in the list, so that removing one subscriber leaves the others alone. */
function subscriberId(protocol: Subscriber["protocol"], endpoint: string): string {
  const name = { email: "Email", sms: "Sms", https: "Https", sqs: "Sqs" }[protocol];
  return `${name}${createHash("sha256").update(endpoint).digest("hex").slice(0, 8)}`;
}
