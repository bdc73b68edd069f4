import { required, type Variable } from "./variable";
import { VARIABLES } from "./variables";
import { TerraformText } from "./write";

/**
 * The notifier's environment, a variable an entry. Its code reads nothing else of it; the channels are in its zip, their secrets
 * are read when they are needed.
 */
export const NOTIFIER_VARIABLES = {
  /** Name of the table that holds what was sent where. */
  seenTable: VARIABLES.seenTable,
  /** Address of the queue that the notifier reads. */
  queueUrl: required("QUEUE_URL", "the address of the queue that the notifier reads"),
  /** ARN of the topic for Amazon Q Developer; undefined where no channel needs it. */
  chatTopicArn: {
    name: "CHAT_TOPIC_ARN",
    write: (arn) => arn ?? "",
    read: (text) => text || undefined,
  } satisfies Variable<string | undefined>,
  deadLetterQueues: VARIABLES.deadLetterQueues,
  maxReceives: VARIABLES.maxReceives,
  accountNames: VARIABLES.accountNames,
  timeZone: VARIABLES.timeZone,
  metricsNamespace: VARIABLES.metricsNamespace,
};

/** What the notifier's environment is written from. */
export type NotifierValues = {
  readonly [Key in keyof typeof NOTIFIER_VARIABLES]:
    | Parameters<(typeof NOTIFIER_VARIABLES)[Key]["write"]>[0]
    | TerraformText;
};

/** What a configuration says to the notifier. */
export type NotifierSettings = Pick<NotifierValues, "accountNames" | "timeZone">;

/** The environment's texts by variable; what is empty is left out. */
export function writeNotifierEnvironment(values: NotifierValues): Readonly<Record<string, string>> {
  const variables = Object.entries(NOTIFIER_VARIABLES) as unknown as readonly (readonly [
    keyof NotifierValues,
    Variable<unknown>,
  ])[];
  const texts = variables.map(([key, { name, write }]) => {
    const value = values[key];
    return [name, value instanceof TerraformText ? value.expression : write(value)] as const;
  });
  return Object.fromEntries(texts.filter(([, text]) => text !== ""));
}
