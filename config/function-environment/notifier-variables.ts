import { required, type Variable } from "./variable";
import { VARIABLES } from "./variables";

const { seenTable, accountNames, timeZone, deadLetterQueues, maxReceives, metricsNamespace } = VARIABLES;

/**
 * The notifier's environment, a variable an entry. No secret is in it: the channels, in its zip, name where theirs are read from.
 */
export const NOTIFIER_VARIABLES = {
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
