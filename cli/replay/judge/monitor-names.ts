import { namesOf } from "../../../config/names";
import type { Config } from "../../../config/schema";
import type { EventPattern } from "../../../lambda-src/engine/pattern";
import { type GivenNames, type Names, namesFrom } from "../../../lambda-src/names";
import { isObject } from "../../../lambda-src/read/json";

/** What a configuration calls the monitor's resources, wherever it is deployed. Plain data. */
export interface MonitorNames extends Omit<GivenNames, "account" | "bucket"> {
  /**
   * The log archive.
   *
   * @default `<prefix>-logs-<account>-<region>`
   */
  readonly bucket?: string;
}

/** The names that a deployment of this configuration would give, or finds where it uses what is there. */
export function monitorNames(config: Config): MonitorNames {
  const names = namesOf(config);
  return {
    prefix: config.namePrefix,
    partition: partitionOf(config.region),
    region: config.region,
    ...(names.bucketName !== undefined && { bucket: names.bucketName }),
    trail: names.trailName,
    logGroup: names.logGroupName,
    deliveriesTopic: names.deliveriesTopicName,
    alertsTopic: names.alertsTopicName,
    urgentTopic: names.urgentTopicName,
    // Nobody knows them before they are deployed, so nothing in the logs is about them.
    archiveKeyId: "unknown-archive-key",
    alertsKeyId: "unknown-alerts-key",
  };
}

/** What placeholders stand for in the events of one account, as if the monitor were deployed there. */
export function namesIn(account: string, names: MonitorNames): Names {
  const { prefix, region, bucket = `${prefix}-logs-${account}-${region}` } = names;
  return namesFrom({ ...names, account, bucket });
}

/** Whether anything in the pattern stands for one of the monitor's names. */
export function namesMonitor(pattern: unknown): boolean {
  if (typeof pattern === "string") return pattern.includes("{{");
  return typeof pattern === "object" && pattern !== null && Object.values(pattern).some(namesMonitor);
}

/**
 * The pattern without the fields that name the monitor: it matches whatever the pattern matches in any account, and more.
 */
export function withoutNames(pattern: EventPattern): EventPattern {
  return Object.fromEntries(
    Object.entries(pattern).flatMap(([field, value]): [string, EventPattern[string]][] => {
      if (!namesMonitor(value)) return [[field, value]];
      if (field === "$or" && Array.isArray(value)) {
        const branches = (value as readonly EventPattern[]).map(withoutNames);
        // A branch of which nothing is left holds for every event, and so does the whole.
        return branches.some((branch) => Object.keys(branch).length === 0) ? [] : [[field, branches]];
      }
      if (!isObject(value)) return [];
      const inner = withoutNames(value as EventPattern);
      return Object.keys(inner).length === 0 ? [] : [[field, inner]];
    }),
  );
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
