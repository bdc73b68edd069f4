import type { Contradiction, Origins } from "./contradiction";
import { partitionOf } from "./regions";
import type { Config } from "./schema";

/** An ARN of the configuration: it says partition and account, and mostly the region. */
export interface Place {
  /** `resources.trail.id` */
  readonly where: string;
  /** The configuration's key. */
  readonly key:
    | "resources"
    | "channels"
    | "deployers"
    | "subscribers"
    | "suppressions"
    | "permissionsBoundary"
    | "stateKmsKeyArn";
  /** The part of the configuration that it stands in, see `Contradiction`. */
  readonly part: string;
  readonly arn: string;
  readonly partition: string;
  /** Empty for what has no region. */
  readonly region: string;
  /** `aws` where it is AWS's own. */
  readonly account: string;
}

/** Every ARN that has an account, and that of a policy of AWS's own. */
export function placesOf(config: Config, placeOf: Origins["placeOf"]): readonly Place[] {
  const { resources, channels, deployers, subscribers, suppressions, permissionsBoundary, stateKmsKeyArn } = config;
  const at = (key: Place["key"], index: number, field = "") => `${key}[${placeOf(key, index)}]${field}`;
  return [
    ...Object.entries(resources).flatMap(([name, resource]) =>
      Object.entries(resource).flatMap(([field, value]) =>
        place(`resources.${name}.${field}`, "resources", value, `resources.${name}`),
      ),
    ),
    ...channels.flatMap(({ secret }, index) => place(at("channels", index, ".secret"), "channels", secret)),
    ...deployers.flatMap((arn, index) => place(at("deployers", index), "deployers", arn)),
    ...subscribers.flatMap(({ endpoint }, index) =>
      place(at("subscribers", index, ".endpoint"), "subscribers", endpoint),
    ),
    ...suppressions.flatMap((suppression, index) =>
      ("roles" in suppression ? suppression.roles : []).flatMap((arn, role) =>
        place(at("suppressions", index, `.roles[${role}]`), "suppressions", arn),
      ),
    ),
    ...place("permissionsBoundary", "permissionsBoundary", permissionsBoundary),
    ...place("stateKmsKeyArn", "stateKmsKeyArn", stateKmsKeyArn),
  ];
}

function place(where: string, key: Place["key"], value: unknown, part: string = key): readonly Place[] {
  const [, partition, region, account] = /^arn:([^:]+):[^:]+:([^:]*):(\d{12}|aws):/.exec(String(value)) ?? [];
  if (partition === undefined || region === undefined || account === undefined) return [];
  return [{ where, key, part, arn: String(value), partition, region, account }];
}

/** What can't lie where it lies: in another partition, region or account than what is deployed. */
export function placeContradictions(config: Config, origins: Origins): readonly Contradiction[] {
  const all = placesOf(config, origins.placeOf);
  const contradictions: Contradiction[] = [];
  const refuse = ({ where, arn, key, part }: Place, keys: readonly string[], why: string) =>
    contradictions.push({ keys: [part, ...keys], problem: `${where} is "${arn}"${origins.from(key)}: ${why}` });
  const { region, stateRegion } = config;
  const home = partitionOf(region)?.id ?? "aws";
  const here = all.filter((each) => {
    const [regionKey, its] = each.key === "stateKmsKeyArn" ? ["stateRegion", stateRegion] : ["region", region];
    if (its === undefined) return true;
    const partition = partitionOf(its)?.id ?? home;
    if (each.partition !== partition) {
      refuse(
        each,
        [regionKey],
        `lies in partition ${each.partition}, but ${regionKey} is "${its}", which lies in ${partition}: one deployment stays within one partition`,
      );
      return false;
    }
    if (each.key === "resources" && each.region !== region) {
      refuse(
        each,
        ["region"],
        `lies in ${each.region}, but region is "${region}"; set region to ${each.region}, or choose one that lies in ${region}`,
      );
    } else if (each.key === "subscribers" && partitionOf(each.region)?.id !== each.partition) {
      refuse(
        each,
        [],
        `AWS has no region "${each.region}" in partition ${each.partition}; take a queue that lies in ${region}`,
      );
    } else if (each.key === "channels" && each.region !== region) {
      refuse(
        each,
        ["region"],
        `lies in ${each.region}, but region is "${region}"; take a secret that lies in ${region}`,
      );
    } else if (each.key === "stateKmsKeyArn" && each.region !== its) {
      refuse(
        each,
        ["stateRegion"],
        `lies in ${each.region}, but stateRegion is "${its}": S3 accepts only keys of the bucket's region`,
      );
    }
    return true;
  });
  const ofDeployment = here.filter((each) => !mayLieElsewhere(config, each));
  foreign(ofDeployment, refuse);
  return contradictions;
}

/**
 * Whether it may belong to another account of the organization: its trail, which is the management account's, and, where they
 * are used as they are, the key of its log files and the topic that names them.
 */
export function mayLieElsewhere({ organization, resources }: Config, { part }: Pick<Place, "part">): boolean {
  if (organization === undefined) return false;
  if (part === "resources.trail") return true;
  return (["archiveKey", "deliveriesTopic"] as const).some(
    (name) => part === `resources.${name}` && resources[name].mode === "existing",
  );
}

/**
 * The account that is deployed to is not known before Terraform runs. But resources that are there lie in it, and so does one
 * of the deployers.
 */
function foreign(all: readonly Place[], refuse: (place: Place, keys: readonly string[], why: string) => void): void {
  const of = (key: Place["key"]) => all.filter((each) => each.key === key);
  const [deployer] = of("deployers");
  const deployers = new Set(of("deployers").map(({ account }) => account));
  const resources = of("resources");
  const first = resources.find(({ account }) => deployers.has(account)) ?? resources[0];
  for (const each of resources) {
    const unlikeDeployers = deployer && !deployers.has(each.account);
    if (!unlikeDeployers && each.account === first?.account) continue;
    const other = unlikeDeployers ? deployer : (first as Place);
    const because = `belongs to another account than ${other.where}, which is "${other.arn}"`;
    refuse(
      each,
      [other.part],
      each.where === "resources.trail.id"
        ? `${because}: a trail of another account is an organization's; set organization to monitor its accounts, take a trail of the account that is deployed to, or leave resources.trail out and one is created`
        : `${because}; all must belong to the account that is deployed to${unlikeDeployers ? ", and so must one of the deployers" : ""}`,
    );
  }
  const known = [...resources.filter(({ account }) => account === first?.account), ...of("deployers")];
  const queues = of("subscribers");
  const [reference] = known.length > 0 ? known : queues;
  const accounts = new Set(known.length > 0 ? known.map(({ account }) => account) : [reference?.account]);
  const refuseForeign = (each: Place, why: string) => {
    if (accounts.has(each.account)) return;
    refuse(
      each,
      reference && reference !== each ? [reference.part] : [],
      `belongs to another account than ${reference?.where}, which is "${reference?.arn}": ${why}`,
    );
  };
  for (const each of queues) {
    refuseForeign(
      each,
      "only the queue's owner could confirm the subscription, and the apply fails after two minutes; take a queue of the account that is deployed to, and let it pass the alerts on",
    );
  }
  for (const each of of("permissionsBoundary")) {
    if (each.account === "aws" || !reference) continue;
    refuseForeign(
      each,
      "IAM accepts only a policy of the role's own account or of AWS; choose one of the account that is deployed to",
    );
  }
}
