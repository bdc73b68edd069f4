/** What the function is told by its environment; everything else is in its zip. */
export interface Environment {
  /** ARN of the topic that alerts are published to. */
  readonly topicArn: string;
  /** Ids of detections that are switched off. */
  readonly disabledDetections: readonly string[];
}

/** The environment lacks something the function can't do without. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** @throws EnvironmentError */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const topicArn = variables.SNS_TOPIC_ARN;
  if (!topicArn) {
    throw new EnvironmentError("SNS_TOPIC_ARN is not set: it must hold the ARN of the topic that alerts go to");
  }
  const disabled = variables.DISABLED_DETECTIONS ?? "";
  return { topicArn, disabledDetections: disabled.split(",").filter((id) => id !== "") };
}
