import { CHANNELS } from "../alerting/channels/channels";
import { channelContradictions } from "./channel-contradictions";
import type { Contradiction, Origins } from "./contradiction";
import { environmentName } from "./key";
import { ACCOUNT_NAMES, TAGS } from "./maps";
import { nearest } from "./nearest";
import { organizationContradictions } from "./organization-contradictions";
import { placeContradictions } from "./places";
import { quote, withoutPath } from "./problem";
import { resourceContradictions } from "./resource-contradictions";
import { type MapRule, textProblem } from "./rule";
import type { Config } from "./schema";
import { watchedRegionContradictions } from "./watched-regions";

/**
 * What can't go together in a configuration.
 *
 * @param detectionIds every one that there is
 */
export function contradictionsOf(
  config: Config,
  origins: Origins,
  detectionIds: readonly string[],
): readonly Contradiction[] {
  return [
    ...retention(config, origins),
    ...topicNames(config, origins),
    ...placeContradictions(config, origins),
    ...watchedRegionContradictions(config, origins),
    ...resourceContradictions(config, origins),
    ...organizationContradictions(config, origins),
    ...unknownDetections(config, origins, detectionIds),
    ...repeatedSubscribers(config, origins),
    ...chatTopicName(config, origins),
    ...channelContradictions(config, origins, detectionIds, CHANNELS),
    ...mapKeys(config, "tags", TAGS, origins),
    ...mapKeys(config, "accountNames", ACCOUNT_NAMES, origins),
    ...halfBackend(origins),
  ];
}

function retention(
  { archiveTransitionDays, archiveRetentionDays }: Config,
  { from }: Origins,
): readonly Contradiction[] {
  if (archiveRetentionDays > archiveTransitionDays) return [];
  return [
    {
      keys: ["archiveTransitionDays", "archiveRetentionDays"],
      problem: `archiveRetentionDays is ${archiveRetentionDays}${from("archiveRetentionDays")}: must be more than archiveTransitionDays, which is ${archiveTransitionDays}${from("archiveTransitionDays")}`,
    },
  ];
}

function topicNames(
  { alertsTopicName, urgentTopicName, namePrefix, resources }: Config,
  { from }: Origins,
): readonly Contradiction[] {
  const own = [resources.alertsTopic, resources.urgentTopic, resources.deliveriesTopic];
  if (own.some(({ mode }) => mode !== "create")) return [];
  const deliveries = `${namePrefix}-deliveries`;
  if (new Set([alertsTopicName, urgentTopicName, deliveries]).size === 3) return [];
  const topics = ["resources.deliveriesTopic", "resources.alertsTopic", "resources.urgentTopic"];
  return [
    {
      keys: ["alertsTopicName", "urgentTopicName", "namePrefix", ...topics],
      problem: `alertsTopicName is "${alertsTopicName}"${from("alertsTopicName")}, urgentTopicName is "${urgentTopicName}"${from("urgentTopicName")}: must differ from each other and from "${deliveries}"`,
    },
  ];
}

/** The topic for Amazon Q Developer, of a name that the prefix gives it. */
function chatTopicName(
  { channels, namePrefix, resources, ...config }: Config,
  { from }: Origins,
): readonly Contradiction[] {
  if (!channels.some(({ type }) => type === "amazon-q")) return [];
  const chat = `${namePrefix}-chat`;
  const topics = { alertsTopicName: resources.alertsTopic, urgentTopicName: resources.urgentTopic } as const;
  return (["alertsTopicName", "urgentTopicName"] as const)
    .filter((key) => topics[key].mode === "create" && config[key] === chat)
    .map((key) => ({
      keys: [key, "namePrefix", "channels.*"],
      problem: `${key} is "${chat}"${from(key)}: must differ from the name of the topic for the channel of type amazon-q`,
    }));
}

function unknownDetections(
  { disabledDetections }: Config,
  { from, placeOf }: Origins,
  known: readonly string[],
): readonly Contradiction[] {
  return disabledDetections.flatMap((id, index) => {
    const place = `disabledDetections[${placeOf("disabledDetections", index)}] is ${quote(id)}${from("disabledDetections")}`;
    const problem = !known.includes(id)
      ? `${place}: unknown detection; ${known.length > 0 ? `did you mean ${nearest(id, known).join(", ")}?` : "there are none"}`
      : disabledDetections.indexOf(id) < index
        ? `${place}: duplicate`
        : undefined;
    return problem === undefined ? [] : [{ keys: ["disabledDetections"], problem }];
  });
}

function repeatedSubscribers({ subscribers }: Config, { from, placeOf }: Origins): readonly Contradiction[] {
  const endpoints = subscribers.map(({ protocol, endpoint }) => `${protocol} ${endpoint}`);
  const shown = subscribers.map(({ protocol, endpoint }) => `${protocol} ${withoutPath(endpoint)}`);
  return endpoints.flatMap((endpoint, index) =>
    endpoints.indexOf(endpoint) === index
      ? []
      : [
          {
            keys: ["subscribers"],
            problem: `subscribers[${placeOf("subscribers", index)}] is ${shown[index]}${from("subscribers")}: duplicate`,
          },
        ],
  );
}

/** Keys of a map, which its schema doesn't look at, and how many there are. */
function mapKeys(
  config: Config,
  key: "tags" | "accountNames",
  { keys, maximum }: MapRule,
  { from }: Origins,
): readonly Contradiction[] {
  const names = Object.keys(config[key]);
  const tooMany =
    names.length > maximum ? [`${key} has ${names.length} keys${from(key)}: must be at most ${maximum}`] : [];
  const wrong = names.flatMap((name) => {
    const problem = textProblem(keys, name);
    return problem === undefined ? [] : [`${key} has the key ${quote(name)}${from(key)}: ${problem}`];
  });
  return [...tooMany, ...wrong].map((problem) => ({ keys: [key], problem }));
}

/** A remote state needs bucket and region; anything less would silently put the state elsewhere. */
function halfBackend({ isGiven, from }: Origins): readonly Contradiction[] {
  const keys = ["stateBucket", "stateRegion", "stateKey", "stateKmsKeyArn"] as const;
  const said = keys.filter(isGiven);
  if (said.length === 0) return [];
  const because = said.map((key) => `${key}${from(key)}`).join(", ");
  return (["stateBucket", "stateRegion"] as const)
    .filter((key) => !isGiven(key))
    .map((key) => ({
      keys: [],
      problem: `${key} is missing: a remote state needs stateBucket and stateRegion, and ${because} is given; set ${environmentName(key)} too, or take the others away for a local state`,
    }));
}
