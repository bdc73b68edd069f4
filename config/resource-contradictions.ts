import { namesOf } from "./names";
import type { Config } from "./schema";

/**
 * What can't go together among the resources that are there already, a line each.
 *
 * @param origin where a key was found, as a line says it after the value: ` (from cdktf.json)`
 */
export function resourceContradictions(
  config: Config,
  isGiven: (key: string) => boolean,
  origin: (key: string) => string,
): readonly string[] {
  const from = origin("resources");
  return [
    ...otherRegionsAndAccounts(config, from),
    ...namedTwice(config, isGiven, origin),
    ...uselessBesideTrail(config, from),
    ...sharedTopics(config, from),
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

function otherRegionsAndAccounts(config: Config, from: string): readonly string[] {
  const all = places(config);
  const elsewhere = all
    .filter(({ region }) => region !== config.region)
    .map(
      ({ where, arn, region }) =>
        `${where} is "${arn}"${from}: lies in ${region}, but region is "${config.region}"; set region to ${region}, or choose one that lies in ${config.region}`,
    );
  const [first] = all;
  const strangers = all
    .filter(({ account }) => account !== first?.account)
    .map(
      ({ where, arn }) =>
        `${where} is "${arn}"${from}: belongs to another account than ${first?.where}, which is "${first?.arn}"; all must belong to the account that is deployed to`,
    );
  return [...elsewhere, ...strangers];
}

const nameKeys = {
  trail: "trailName",
  bucket: "bucketName",
  alertsTopic: "alertsTopicName",
  urgentTopic: "urgentTopicName",
} as const;

function namedTwice(
  config: Config,
  isGiven: (key: string) => boolean,
  origin: (key: string) => string,
): readonly string[] {
  const names = namesOf(config);
  return Object.entries(nameKeys).flatMap(([resource, key]) => {
    const { mode } = config.resources[resource as keyof typeof nameKeys];
    if (mode === "create" || !isGiven(key) || config[key] === names[key]) return [];
    return [
      `${key} is "${config[key]}"${origin(key)}: but resources.${resource} is called "${names[key]}"; leave ${key} out, a resource that is there keeps its name`,
    ];
  });
}

/** A trail that is not changed goes on writing where it writes today. */
function uselessBesideTrail({ resources }: Config, from: string): readonly string[] {
  if (resources.trail.mode !== "existing") return [];
  const missing = (["bucket", "deliveriesTopic"] as const)
    .filter((name) => resources[name].mode === "create")
    .map(
      (name) =>
        `resources.${name} is not given${from}: the trail is used as it is, so say which ${name === "bucket" ? "bucket it writes to" : "topic it tells of log files"} (mode existing or adopt), or adopt the trail`,
    );
  const useless =
    resources.logGroup.mode === "create"
      ? []
      : [
          `resources.logGroup is ${JSON.stringify(resources.logGroup)}${from}: the trail is used as it is, log group included; leave it out, or adopt the trail`,
        ];
  return [...missing, ...useless];
}

function sharedTopics(config: Config, from: string): readonly string[] {
  const { deliveriesTopic, alertsTopic, urgentTopic } = config.resources;
  if ([deliveriesTopic, alertsTopic, urgentTopic].every(({ mode }) => mode === "create")) return [];
  const { deliveriesTopicName, alertsTopicName, urgentTopicName } = namesOf(config);
  if (new Set([deliveriesTopicName, alertsTopicName, urgentTopicName]).size === 3) return [];
  return [
    `the topics are called "${deliveriesTopicName}" (deliveries), "${alertsTopicName}" (alerts) and "${urgentTopicName}" (urgent)${from}: must be three, or people would be told of every log file`,
  ];
}
