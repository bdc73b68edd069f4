/** What the function is told by its environment; everything else is in its zip. */
export interface Environment {
  /** ARN of the topic that alerts are published to. */
  readonly topicArn: string;
  /** Name of the table that holds what has been seen. */
  readonly seenTable: string;
  /** Ids of detections that are switched off. */
  readonly disabledDetections: readonly string[];
  /** Alerts that may go out an hour, critical ones aside. */
  readonly maxAlertsPerHour: number;
  /** Address of the dead-letter queue, by the ARN of the queue it belongs to. */
  readonly deadLetterQueues: Readonly<Record<string, string>>;
  /** How often a message is received before it goes there. */
  readonly maxReceives: number;
  /** Namespace of the metrics. */
  readonly metricsNamespace: string;
}

/** The environment lacks something the function can't do without. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws EnvironmentError */
export function readEnvironment(variables: Variables): Environment {
  const disabled = variables.DISABLED_DETECTIONS ?? "";
  return {
    topicArn: required(variables, "SNS_TOPIC_ARN", "the ARN of the topic that alerts go to"),
    seenTable: required(variables, "SEEN_TABLE", "the name of the table that holds what has been seen"),
    disabledDetections: disabled.split(",").filter((id) => id !== ""),
    maxAlertsPerHour: wholeNumber(variables, "MAX_ALERTS_PER_HOUR", 100),
    deadLetterQueues: addresses(variables.DEAD_LETTER_QUEUES ?? "{}"),
    maxReceives: wholeNumber(variables, "MAX_RECEIVES", 5),
    metricsNamespace: variables.METRICS_NAMESPACE || "trailwarden",
  };
}

function required(variables: Variables, name: string, what: string): string {
  const value = variables[name];
  if (!value) throw new EnvironmentError(`${name} is not set: it must hold ${what}`);
  return value;
}

function wholeNumber(variables: Variables, name: string, otherwise: number): number {
  const text = variables[name];
  if (!text) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new EnvironmentError(`${name} is "${text}": it must hold a whole number from 1`);
  return Number(text);
}

function addresses(json: string): Readonly<Record<string, string>> {
  const problem = `DEAD_LETTER_QUEUES is ${json.slice(0, 200)}: it must hold a JSON object from queue ARNs to queue addresses`;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new EnvironmentError(problem, { cause: error });
  }
  if (typeof value !== "object" || value === null || !Object.values(value).every((url) => typeof url === "string")) {
    throw new EnvironmentError(problem);
  }
  return value as Record<string, string>;
}
