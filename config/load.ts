import { dirname, isAbsolute, join } from "node:path";
import * as v from "valibot";
import { partitionOf } from "../lambda-src/read/partition";
import { ConfigurationError } from "./errors";
import { describeValue, pathOf, quote } from "./problem";
import { resourceContradictions } from "./resource-contradictions";
import { type Config, configSchema } from "./schema";
import { sharedNameWarnings } from "./shared-names";
import { environmentName, fromContext, fromEnvironment, type Given } from "./sources";

export interface ConfigSources {
  /** Normally `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path of `cdktf.json`, read unless the `cdktf` command hands its context over. */
  readonly file: string;
  /** Every id that `disabledDetections` may name, beside those of one's own. */
  readonly detectionIds: readonly string[];
  /**
   * Reads the detections of the folder that `detectionsFolder` names.
   *
   * @default - the key can't be given
   */
  readonly readDetections?: (folder: string) => FolderOfDetections;
}

/** What a folder of detections holds, as far as a configuration needs to know. */
export interface FolderOfDetections {
  readonly ids: readonly string[];
  /** What is wrong with them, a line each. */
  readonly problems: readonly string[];
}

export interface LoadedConfig {
  readonly config: Config;
  /** What is allowed but probably not meant, a line each. */
  readonly warnings: readonly string[];
  /** Where each key that is given was found: the path of `cdktf.json`, or the environment's variable. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Reads and checks the configuration.
 *
 * @throws ConfigurationError with one line for every problem: key, value, where it was found, what is allowed
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const { environment, file } = sources;
  const given = new Map([...fromContext(environment, file), ...fromEnvironment(environment)]);
  const input = Object.fromEntries([...given].map(([key, { value }]) => [key, value]));
  const issues = v.safeParse(configSchema, input).issues ?? [];
  const faulty = new Set(issues.map((issue) => pathOf(issue)[0]));
  const config = v.parse(configSchema, Object.fromEntries(Object.entries(input).filter(([key]) => !faulty.has(key))));
  const own = readOwn(config, given, sources);
  const problems = [
    ...issues.map((issue) => {
      const path = pathOf(issue);
      return `${describeValue(path, input)}${origin(String(path[0]), given)}: ${issue.message}`;
    }),
    ...contradictions(config, given, [...sources.detectionIds, ...own.ids])
      .filter(({ keys }) => !keys.some((key) => faulty.has(key)))
      .map(({ problem }) => problem),
    ...own.problems,
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  const origins = new Map([...given].map(([key, { origin }]) => [key, origin]));
  return { config, warnings: warningsOf(config), origins };
}

function readOwn(
  { detectionsFolder }: Config,
  given: ReadonlyMap<string, Given>,
  { file, readDetections }: ConfigSources,
): FolderOfDetections {
  if (detectionsFolder === undefined) return { ids: [], problems: [] };
  if (readDetections) {
    return readDetections(isAbsolute(detectionsFolder) ? detectionsFolder : join(dirname(file), detectionsFolder));
  }
  const key = `detectionsFolder is ${quote(detectionsFolder)}${origin("detectionsFolder", given)}`;
  return {
    ids: [],
    problems: [`${key}: takes nothing in a program: hand stack and zip the detections beside the catalogue's`],
  };
}

/** Where a key was found; nothing where its name says it, or where it is a default. */
function origin(key: string, given: ReadonlyMap<string, Given>): string {
  const from = given.get(key)?.origin;
  return from === undefined || from === key ? "" : ` (from ${from})`;
}

/** Keys that are sound one by one but not together. */
interface Contradiction {
  readonly keys: readonly (keyof Config)[];
  readonly problem: string;
}

function contradictions(
  config: Config,
  given: ReadonlyMap<string, Given>,
  detectionIds: readonly string[],
): readonly Contradiction[] {
  return [
    ...retention(config, given),
    ...topicNames(config, given),
    ...resources(config, given),
    ...unknownDetections(config, given, detectionIds),
    ...repeatedSubscribers(config, given),
    ...tooManyTags(config, given),
    ...reservedTags(config, given),
    ...halfBackend(config, given),
  ];
}

function retention(
  { archiveTransitionDays, archiveRetentionDays }: Config,
  given: ReadonlyMap<string, Given>,
): readonly Contradiction[] {
  if (archiveRetentionDays > archiveTransitionDays) return [];
  return [
    {
      keys: ["archiveTransitionDays", "archiveRetentionDays"],
      problem: `archiveRetentionDays is ${archiveRetentionDays}${origin("archiveRetentionDays", given)}: must be more than archiveTransitionDays, which is ${archiveTransitionDays}${origin("archiveTransitionDays", given)}`,
    },
  ];
}

function resources(config: Config, given: ReadonlyMap<string, Given>): readonly Contradiction[] {
  const from = (key: string) => origin(key, given);
  return resourceContradictions(config, (key) => given.has(key), from).map((problem) => ({
    keys: ["resources", "region", "trailName", "bucketName"],
    problem,
  }));
}

function topicNames(
  { alertsTopicName, urgentTopicName, namePrefix, resources }: Config,
  given: ReadonlyMap<string, Given>,
): readonly Contradiction[] {
  const own = [resources.alertsTopic, resources.urgentTopic, resources.deliveriesTopic];
  if (own.some(({ mode }) => mode !== "create")) return [];
  const deliveries = `${namePrefix}-deliveries`;
  if (new Set([alertsTopicName, urgentTopicName, deliveries]).size === 3) return [];
  return [
    {
      keys: ["alertsTopicName", "urgentTopicName", "namePrefix"],
      problem: `alertsTopicName is "${alertsTopicName}"${origin("alertsTopicName", given)}, urgentTopicName is "${urgentTopicName}"${origin("urgentTopicName", given)}: must differ from each other and from "${deliveries}"`,
    },
  ];
}

function unknownDetections(
  { disabledDetections }: Config,
  given: ReadonlyMap<string, Given>,
  known: readonly string[],
): readonly Contradiction[] {
  const from = origin("disabledDetections", given);
  return disabledDetections.flatMap((id, index) => {
    const place = `disabledDetections[${index}] is ${quote(id)}${from}`;
    const problem = !known.includes(id)
      ? `${place}: takes ids of detections: ${known.join(", ")}`
      : disabledDetections.indexOf(id) < index
        ? `${place}: stands in the list already; each may stand there once`
        : undefined;
    return problem === undefined ? [] : [{ keys: ["disabledDetections" as const], problem }];
  });
}

function repeatedSubscribers({ subscribers }: Config, given: ReadonlyMap<string, Given>): readonly Contradiction[] {
  const endpoints = subscribers.map(({ protocol, endpoint }) => `${protocol} ${endpoint}`);
  return endpoints.flatMap((endpoint, index) =>
    endpoints.indexOf(endpoint) === index
      ? []
      : [
          {
            keys: ["subscribers"],
            problem: `subscribers[${index}] is ${endpoint}${origin("subscribers", given)}: stands in the list already; each may stand there once`,
          },
        ],
  );
}

/** AWS takes fifty tags on a resource. */
const MAX_TAGS = 50;

function tooManyTags({ tags }: Config, given: ReadonlyMap<string, Given>): readonly Contradiction[] {
  const count = Object.keys(tags).length;
  if (count <= MAX_TAGS) return [];
  return [{ keys: ["tags"], problem: `tags has ${count} keys${origin("tags", given)}: takes at most ${MAX_TAGS}` }];
}

function reservedTags({ tags }: Config, given: ReadonlyMap<string, Given>): readonly Contradiction[] {
  return Object.keys(tags).flatMap((key) =>
    /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu.test(key)
      ? []
      : [
          {
            keys: ["tags"],
            problem: `tags has the key ${quote(key)}${origin("tags", given)}: takes 1 to 128 letters, digits, spaces and _ . : / = + - @, not beginning with aws:`,
          },
        ],
  );
}

/** A remote state needs bucket and region; anything less would silently put the state elsewhere. */
function halfBackend(config: Config, given: ReadonlyMap<string, Given>): readonly Contradiction[] {
  const keys = ["stateBucket", "stateRegion", "stateKey", "stateKmsKeyArn"] as const;
  const said = keys.filter((key) => config[key] !== undefined);
  if (said.length === 0) return [];
  const because = said.map((key) => `${key} (from ${given.get(key)?.origin})`).join(", ");
  return (["stateBucket", "stateRegion"] as const)
    .filter((key) => config[key] === undefined)
    .map((key) => ({
      keys: [key],
      problem: `${key} is missing: a remote state needs stateBucket and stateRegion, and ${because} is given; set ${environmentName(key)} too, or take the others away for a local state`,
    }));
}

function warningsOf(config: Config): readonly string[] {
  const { subscribers, deployers, region, archiveRetentionDays, resources } = config;
  const warnings: string[] = [];
  const { name: partition, globalRegion } = partitionOf(region);
  if (subscribers.length === 0) {
    warnings.push(
      'subscribers is empty: alerts reach nobody; add for example {"protocol": "email", "endpoint": "oncall@example.com"}',
    );
  }
  if (deployers.length === 0) {
    warnings.push(
      `deployers is empty: whoever deploys the monitor is alerted on as if they tampered with it; add for example "arn:${partition}:iam::111122223333:role/deployer"`,
    );
  }
  if (region !== globalRegion) {
    warnings.push(
      `region is "${region}": EventBridge sees IAM, Organizations and root sign-in events in ${globalRegion} only; from ${region} they are alerted on when their log file arrives, minutes later`,
    );
  }
  if (archiveRetentionDays < 184) {
    warnings.push(`archiveRetentionDays is ${archiveRetentionDays}: audits commonly ask for the last six months`);
  }
  if (resources.bucket.mode === "existing" && resources.archiveKey.mode === "create") {
    warnings.push(
      "resources.bucket is used as it is, resources.archiveKey is not given: if its log files are encrypted with a customer key, give that key too, or the function can't read them",
    );
  }
  return [...warnings, ...sharedNameWarnings(config)];
}
