import { namesOf, placesElsewhere } from "../../../config/names";
import type { Config } from "../../../config/schema";
import { type GivenNames, type Names, namesFrom } from "../../../detection/definition/names";
import { isObject } from "../../../detection/events/json";
import { partitionOf } from "../../../detection/events/partition";
import type { EventPattern } from "../../../detection/pattern/pattern";

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
    partition: partitionOf(config.region).name,
    region: config.region,
    ...(names.bucketName !== undefined && { bucket: names.bucketName }),
    trail: names.trailName,
    logGroup: names.logGroupName,
    deliveriesTopic: names.deliveriesTopicName,
    alertsTopic: names.alertsTopicName,
    urgentTopic: names.urgentTopicName,
    rolePath: config.rolePath,
    // Nobody knows them before they are deployed, so nothing in the logs is about them.
    archiveKeyId: "unknown-archive-key",
    alertsKeyId: "unknown-alerts-key",
    ...placesElsewhere(config),
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
 *
 * Such a field goes wherever it is asked about, since what is asked within `$or` overrides what is asked outside; and with
 * an `$or` that goes, so do the fields that it asks about.
 */
export function withoutNames(pattern: EventPattern): EventPattern {
  const fields = new Set(fieldsOf(pattern, "", namesMonitor));
  for (;;) {
    const before = fields.size;
    const rest = without(pattern, fields, "");
    if (fields.size === before) return rest;
  }
}

/** Dotted paths of the fields of which something is asked that `counts`. */
function fieldsOf(pattern: EventPattern, above: string, counts: (asked: unknown) => boolean): readonly string[] {
  return Object.entries(pattern).flatMap(([key, value]) => {
    if (isOr(key, value)) return value.flatMap((branch) => fieldsOf(branch, above, counts));
    if (isObject(value)) return fieldsOf(value as EventPattern, `${above}.${key}`, counts);
    return counts(value) ? [`${above}.${key}`] : [];
  });
}

/** @param fields is added to what else must go */
function without(pattern: EventPattern, fields: Set<string>, above: string): EventPattern {
  return Object.fromEntries(
    Object.entries(pattern).flatMap(([key, value]): [string, EventPattern[string]][] => {
      if (isOr(key, value)) {
        const branches = value.map((branch) => without(branch, fields, above));
        // A branch of which nothing is left holds for every event, and so does the whole.
        if (branches.every((branch) => Object.keys(branch).length > 0)) return [[key, branches]];
        for (const branch of value) for (const field of fieldsOf(branch, above, () => true)) fields.add(field);
        return [];
      }
      const field = `${above}.${key}`;
      if (!isObject(value)) return fields.has(field) ? [] : [[key, value]];
      const inner = without(value as EventPattern, fields, field);
      return Object.keys(inner).length === 0 ? [] : [[key, inner]];
    }),
  );
}

function isOr(key: string, value: unknown): value is readonly EventPattern[] {
  return key === "$or" && Array.isArray(value);
}
