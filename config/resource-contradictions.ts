import { namesOf } from "./names";
import type { Config } from "./schema";

/** What can't go together among the resources that are there already, a line each. */
export function resourceContradictions(config: Config, isGiven: (key: string) => boolean): readonly string[] {
  return [
    ...otherRegionsAndAccounts(config),
    ...namedTwice(config, isGiven),
    ...uselessBesideTrail(config),
    ...sharedTopics(config),
  ];
}

interface Place {
  readonly where: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
}

function places({ resources }: Config): readonly Place[] {
  return Object.entries(resources).flatMap(([name, resource]) =>
    Object.entries(resource).flatMap(([field, value]) => {
      const [, region, account] = /^arn:[^:]+:[^:]+:([^:]+):(\d{12}):/.exec(String(value)) ?? [];
      return region && account ? [{ where: `resources.${name}.${field}`, arn: String(value), region, account }] : [];
    }),
  );
}

function otherRegionsAndAccounts(config: Config): readonly string[] {
  const all = places(config);
  const elsewhere = all
    .filter(({ region }) => region !== config.region)
    .map(
      ({ where, arn, region }) =>
        `${where} is "${arn}": lies in ${region}, but region is "${config.region}"; set region to ${region}, or choose one that lies in ${config.region}`,
    );
  const [first] = all;
  const strangers = all
    .filter(({ account }) => account !== first?.account)
    .map(
      ({ where, arn }) =>
        `${where} is "${arn}": belongs to another account than ${first?.where}, which is "${first?.arn}"; all must belong to the account that is deployed to`,
    );
  return [...elsewhere, ...strangers];
}

const nameKeys = {
  trail: "trailName",
  bucket: "bucketName",
  alertsTopic: "alertsTopicName",
  urgentTopic: "urgentTopicName",
} as const;

function namedTwice(config: Config, isGiven: (key: string) => boolean): readonly string[] {
  const names = namesOf(config);
  return Object.entries(nameKeys).flatMap(([resource, key]) => {
    const { mode } = config.resources[resource as keyof typeof nameKeys];
    if (mode === "create" || !isGiven(key) || config[key] === names[key]) return [];
    return [
      `${key} is "${config[key]}": but resources.${resource} is called "${names[key]}"; leave ${key} out, a resource that is there keeps its name`,
    ];
  });
}

/** A trail that is not changed goes on writing where it writes today. */
function uselessBesideTrail({ resources }: Config): readonly string[] {
  if (resources.trail.mode !== "existing") return [];
  const missing = (["bucket", "deliveriesTopic"] as const)
    .filter((name) => resources[name].mode === "create")
    .map(
      (name) =>
        `resources.${name} is not given: the trail is used as it is, so say which ${name === "bucket" ? "bucket it writes to" : "topic it tells of log files"} (mode existing or adopt), or adopt the trail`,
    );
  const useless =
    resources.logGroup.mode === "create"
      ? []
      : [
          `resources.logGroup is ${JSON.stringify(resources.logGroup)}: the trail is used as it is, log group included; leave it out, or adopt the trail`,
        ];
  return [...missing, ...useless];
}

function sharedTopics(config: Config): readonly string[] {
  const { deliveriesTopic, alertsTopic, urgentTopic } = config.resources;
  if ([deliveriesTopic, alertsTopic, urgentTopic].every(({ mode }) => mode === "create")) return [];
  const { deliveriesTopicName, alertsTopicName, urgentTopicName } = namesOf(config);
  if (new Set([deliveriesTopicName, alertsTopicName, urgentTopicName]).size === 3) return [];
  return [
    `the topics are called "${deliveriesTopicName}" (deliveries), "${alertsTopicName}" (alerts) and "${urgentTopicName}" (urgent): must be three, or people would be told of every log file`,
  ];
}
