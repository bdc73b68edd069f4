import type { Detection } from "./detection";

/** The configuration's default for `namePrefix`. */
export const DEFAULT_NAME_PREFIX = "trailwarden";

/** The detection whose rule the brief names. */
const CALLER_IDENTITY = { id: "root-get-caller-identity", ruleName: "GetCallerIdentityAlert" };

/**
 * Name of a detection's EventBridge rule. A bus has each name once, and PutRule overwrites a rule of that name: so a detection's
 * own `ruleName` is the default deployment's alone.
 */
export function ruleNameOf({ id, ruleName }: Pick<Detection, "id" | "ruleName">, namePrefix: string): string {
  return ruleName !== undefined && namePrefix === DEFAULT_NAME_PREFIX ? ruleName : `${namePrefix}-${id}`;
}

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
  /**
   * Account of the trail: of an organization's, the management account.
   *
   * @default - the monitor's
   */
  readonly trailAccount?: string;
  /**
   * Account of the deliveries topic, which an organization may have elsewhere.
   *
   * @default - the monitor's
   */
  readonly deliveriesTopicAccount?: string;
  /**
   * The bucket's folder that holds the accounts' folders: of an organization's trail such as `AWSLogs/o-a1b2c3d4e5`.
   *
   * @default - `AWSLogs`
   */
  readonly logFolder?: string;
  /**
   * Path of the monitor's roles, such as `/security/`.
   *
   * @default - `/`
   */
  readonly rolePath?: string;
  /**
   * Name of the rule that the root user's GetCallerIdentity has.
   *
   * @default - what follows from the prefix, where that is known
   */
  readonly callerIdentityRule?: string;
}

/** What the placeholders of patterns stand for: `{{bucket}}` for `names.bucket`. */
export type Names = Readonly<
  Record<
    | Exclude<
        keyof GivenNames,
        "deliveriesTopic" | "alertsTopic" | "urgentTopic" | "trailAccount" | "deliveriesTopicAccount"
      >
    | "rolePath"
    | "logFolder"
    | "callerIdentityRule"
    | "trailArn"
    | "deliveriesTopicArn"
    | "alertsTopicArn"
    | "urgentTopicArn",
    string
  >
>;

/** All that placeholders stand for; the same for real names, for Terraform's tokens and for the longest that names can be. */
export function namesFrom(names: GivenNames): Names {
  const { deliveriesTopic, alertsTopic, urgentTopic, trailAccount, deliveriesTopicAccount, ...given } = names;
  const arn = (service: string, resource: string, account = given.account) =>
    `arn:${given.partition}:${service}:${given.region}:${account}:${resource}`;
  return {
    ...given,
    rolePath: given.rolePath ?? "/",
    logFolder: given.logFolder ?? "AWSLogs",
    callerIdentityRule: given.callerIdentityRule ?? ruleNameOf(CALLER_IDENTITY, given.prefix),
    trailArn: arn("cloudtrail", `trail/${given.trail}`, trailAccount),
    deliveriesTopicArn: arn("sns", deliveriesTopic, deliveriesTopicAccount),
    alertsTopicArn: arn("sns", alertsTopic),
    urgentTopicArn: arn("sns", urgentTopic),
  };
}
