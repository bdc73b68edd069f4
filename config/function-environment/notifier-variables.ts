import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import { isObject } from "../../detection/events/json";
import { json, required, type Variable } from "./variable";
import { VARIABLES } from "./variables";

const { seenTable, accountNames, timeZone, deadLetterQueues, maxReceives, metricsNamespace } = VARIABLES;

/**
 * The notifier's environment, a variable an entry. No secret is in it: the channels name where theirs are read from.
 */
export const NOTIFIER_VARIABLES = {
  /** The channels, as the configuration says them: here, and not in the zip, a plan shows what changes of them. */
  channels: channels(),
  /** Name of the table that holds what the channels have got. */
  seenTable,
  /** Address of the queue that it reads: messages that wait are hidden there. It also gives the notifier its account. */
  queueUrl: required(
    "QUEUE_URL",
    "the address of the queue that the notifier reads",
    (url) => /^https?:\/\/[^/]+\/\d{12}\/[^/]+$/.test(url),
    "a queue's address, such as https://sqs.us-east-1.amazonaws.com/111122223333/channels",
  ),
  /** ARN of the topic that Amazon Q Developer reads; absent where no channel is one of its. */
  chatTopicArn: {
    name: "CHAT_TOPIC_ARN",
    write: (arn) => arn ?? "",
    read: (text) => text || undefined,
  } satisfies Variable<string | undefined>,
  deadLetterQueues,
  maxReceives,
  accountNames,
  timeZone,
  metricsNamespace,
};

function channels(): Variable<readonly ConfiguredChannel[]> {
  const isText = (value: unknown) => typeof value === "string" && value !== "";
  const areChannels = (value: unknown): value is readonly ConfiguredChannel[] =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (each) => isObject(each) && [each.id, each.type, each.minSeverity].every(isText) && isObject(each.settings),
    );
  const variable = json("CHANNELS", "a JSON list of channels", areChannels, "");
  return {
    ...variable,
    // Terraform would take what begins with these for a template.
    write: (all) => variable.write(all).replace(/[$%](?=\{)/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
  };
}
