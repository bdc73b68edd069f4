import { type Config, KEY_SCHEMAS } from "./schema";

/** What is named neither after the prefix nor after anything else that tells two deployments apart. */
const FIXED_NAMES = { trailName: "trail", alertsTopicName: "alertsTopic", urgentTopicName: "urgentTopic" } as const;

/**
 * A prefix of one's own is for a second deployment in the account: a warning where that one would still take the first one's
 * names. A trail's creation would fail, and a topic that is there is taken for the own one and destroyed with it.
 */
export function sharedNameWarnings(config: Config): readonly string[] {
  if (config.namePrefix === KEY_SCHEMAS.namePrefix.default) return [];
  const shared = (Object.keys(FIXED_NAMES) as (keyof typeof FIXED_NAMES)[]).filter(
    (key) => config.resources[FIXED_NAMES[key]].mode === "create" && config[key] === KEY_SCHEMAS[key].default,
  );
  if (shared.length === 0) return [];
  const names = shared.map((key) => `${key} "${config[key]}"`).join(", ");
  const example = shared.map((key) => `"${key}": "${config.namePrefix}-${key.replace(/(Topic)?Name$/, "")}"`);
  return [
    `namePrefix is "${config.namePrefix}", but these names are the defaults: ${names}; a second deployment in the same account and region collides with the first: set for example ${example.join(", ")}`,
  ];
}
