import type { Contradiction, Origins } from "./contradiction";
import { namesOf } from "./names";
import type { Config } from "./schema";

/** What can't go together among the resources that are there already. */
export function resourceContradictions(config: Config, origins: Origins): readonly Contradiction[] {
  return [...namedTwice(config, origins), ...besideTrail(config, origins), ...sharedTopics(config, origins)];
}

const nameKeys = {
  trail: "trailName",
  bucket: "bucketName",
  alertsTopic: "alertsTopicName",
  urgentTopic: "urgentTopicName",
} as const;

function namedTwice(config: Config, { isGiven, from }: Origins): readonly Contradiction[] {
  const names = namesOf(config);
  return Object.entries(nameKeys).flatMap(([resource, key]) => {
    const { mode } = config.resources[resource as keyof typeof nameKeys];
    if (mode === "create" || !isGiven(key) || config[key] === names[key]) return [];
    return [
      {
        keys: [`resources.${resource}`, key],
        problem: `${key} is "${config[key]}"${from(key)}: but resources.${resource} is called "${names[key]}"; leave ${key} out, a resource that is there keeps its name`,
      },
    ];
  });
}

/** A trail that is not changed goes on writing where it writes today. */
function besideTrail({ resources, organization }: Config, origins: Origins): readonly Contradiction[] {
  if (resources.trail.mode !== "existing") return [];
  const from = origins.from("resources");
  const needed =
    organization?.deliveries === "eventbridge" ? (["bucket"] as const) : (["bucket", "deliveriesTopic"] as const);
  const missing = needed
    .filter((name) => resources[name].mode === "create")
    .map((name) => ({
      keys: ["resources.trail", `resources.${name}`],
      problem: `resources.${name} is not given${from}: the trail is used as it is, so say which ${name === "bucket" ? "bucket it writes to" : "topic it notifies of log files"} (mode existing or adopt), or adopt the trail${name === "deliveriesTopic" && organization ? '; if it notifies none, set organization.deliveries to "eventbridge"' : ""}`,
    }));
  if (resources.logGroup.mode === "create") return missing;
  return [
    ...missing,
    {
      keys: ["resources.trail", "resources.logGroup"],
      problem: `resources.logGroup is ${JSON.stringify(resources.logGroup)}${from}: the trail is used as it is, log group included; leave it out, or adopt the trail`,
    },
  ];
}

function sharedTopics(config: Config, { from }: Origins): readonly Contradiction[] {
  const { deliveriesTopic, alertsTopic, urgentTopic } = config.resources;
  if ([deliveriesTopic, alertsTopic, urgentTopic].every(({ mode }) => mode === "create")) return [];
  const { deliveriesTopicName, alertsTopicName, urgentTopicName } = namesOf(config);
  if (new Set([deliveriesTopicName, alertsTopicName, urgentTopicName]).size === 3) return [];
  const topics = ["resources.deliveriesTopic", "resources.alertsTopic", "resources.urgentTopic"];
  return [
    {
      keys: [...topics, "alertsTopicName", "urgentTopicName", "namePrefix"],
      problem: `the topics are called "${deliveriesTopicName}" (deliveries), "${alertsTopicName}" (alerts) and "${urgentTopicName}" (urgent)${from("resources")}: must be three, or subscribers would be notified of every log file`,
    },
  ];
}
