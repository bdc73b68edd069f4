/** What the monitor's own resources are called, as far as it can't be told from the rest. */
export interface GivenNames {
  /** Starts the names of what has no name of its own. */
  readonly prefix: string;
  readonly partition: string;
  readonly account: string;
  /** The home region. */
  readonly region: string;
  readonly bucket: string;
  readonly trail: string;
  readonly logGroup: string;
  readonly deliveriesTopic: string;
  readonly alertsTopic: string;
  readonly urgentTopic: string;
  readonly archiveKeyId: string;
  readonly alertsKeyId: string;
}

/** What the placeholders of patterns stand for: `{{bucket}}` for `names.bucket`. */
export type Names = Readonly<
  Record<
    | Exclude<keyof GivenNames, "deliveriesTopic" | "alertsTopic" | "urgentTopic">
    | "trailArn"
    | "deliveriesTopicArn"
    | "alertsTopicArn"
    | "urgentTopicArn",
    string
  >
>;

/** All that placeholders stand for; the same for real names, for Terraform's tokens and for the longest that names can be. */
export function namesFrom({ deliveriesTopic, alertsTopic, urgentTopic, ...given }: GivenNames): Names {
  const arn = (service: string, resource: string) =>
    `arn:${given.partition}:${service}:${given.region}:${given.account}:${resource}`;
  return {
    ...given,
    trailArn: arn("cloudtrail", `trail/${given.trail}`),
    deliveriesTopicArn: arn("sns", deliveriesTopic),
    alertsTopicArn: arn("sns", alertsTopic),
    urgentTopicArn: arn("sns", urgentTopic),
  };
}
