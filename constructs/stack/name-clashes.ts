import type { Config } from "../../config/schema";

/** What AWS has once in an account and region: for topics and rules it hands out, or overwrites, the one that is there. */
const NAMES = { trailName: "trail", alertsTopicName: "alertsTopic", urgentTopicName: "urgentTopic" } as const;

/**
 * Names that two constructs of one stack would both give. Existing resources may be shared.
 *
 * @returns a line for each
 */
export function nameClashes(config: Config, other: Config): readonly string[] {
  const created = (Object.keys(NAMES) as (keyof typeof NAMES)[]).filter((key) =>
    [config, other].every(({ resources }) => resources[NAMES[key]].mode === "create"),
  );
  const names = (["namePrefix", ...created] as const)
    .filter((key) => config[key] === other[key])
    .map((key) => `${key} is "${config[key]}", as in another Trailwarden of this stack: give each its own`);
  // The default event bus has one policy.
  const both = [config, other].every(({ organization }) => organization !== undefined);
  return both
    ? [...names, "organization is set, as in another Trailwarden of this stack: set it in one of them"]
    : names;
}
