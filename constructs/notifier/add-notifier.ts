import type { Construct } from "constructs";
import type { Config } from "../../config/schema";
import type { Deployment } from "../deployment/deployment";
import { ChatTopic } from "./chat-topic";
import { Notifier, type NotifierProps } from "./notifier";

/** The type of channel that a topic of its own serves. */
const AMAZON_Q = "amazon-q";

/** What others need to know of the notifier. */
export interface AddedNotifier {
  readonly functionName: string;
  readonly logGroupName: string;
  readonly queueName: string;
  readonly chatTopic: ChatTopic | undefined;
}

/** The notifier's log group, which must be known before the notifier is there. */
export function notifierLogGroupName(deployment: Deployment): string {
  return `/aws/lambda/${deployment.name("notifier")}`;
}

/** The notifier, and the topic for Amazon Q Developer where a channel needs it. */
export function addNotifier(
  scope: Construct,
  { channels, logGroupRetentionDays }: Config,
  props: Omit<NotifierProps, "channels" | "logGroupName" | "logRetentionDays" | "chatTopic">,
): AddedNotifier {
  const { deployment, keyArn, queue } = props;
  const chatTopic = channels.some(({ type }) => type === AMAZON_Q)
    ? new ChatTopic(scope, "ChatTopic", { deployment, keyArn })
    : undefined;
  const { functionName, logGroupName } = new Notifier(scope, "Notifier", {
    ...props,
    channels,
    logGroupName: notifierLogGroupName(deployment),
    logRetentionDays: logGroupRetentionDays,
    chatTopic,
  });
  return { functionName, logGroupName, queueName: queue.queueName, chatTopic };
}
