import type { Config } from "./schema";

/** The names of what may be there already: a resource that is used or taken over keeps its own. */
export interface Names {
  readonly trailName: string;
  /** Absent when it is derived from prefix, account and region. */
  readonly bucketName: string | undefined;
  readonly logGroupName: string;
  readonly deliveriesTopicName: string;
  readonly alertsTopicName: string;
  readonly urgentTopicName: string;
}

/** What stands behind the last `:` or `/` of an ARN; a name stays as it is. */
function nameOf(id: string): string {
  return id.startsWith("arn:") ? id.slice(Math.max(id.lastIndexOf(":"), id.lastIndexOf("/")) + 1) : id;
}

/** Where trail, deliveries topic and log files are, as far as it is not where one account has them by default. */
export function placesElsewhere({ organization, resources }: Config): {
  readonly trailAccount?: string;
  readonly deliveriesTopicAccount?: string;
  readonly logFolder?: string;
} {
  const { trail, deliveriesTopic } = resources;
  const start = trail.mode === "existing" && trail.keyPrefix !== undefined ? `${trail.keyPrefix}/` : "";
  if (!organization) return start === "" ? {} : { logFolder: `${start}AWSLogs` };
  return {
    trailAccount: organization.managementAccount,
    ...(deliveriesTopic.mode === "existing" && { deliveriesTopicAccount: deliveriesTopic.id.split(":")[4] as string }),
    logFolder: `${start}AWSLogs/${organization.id}`,
  };
}

export function namesOf(config: Config): Names {
  const { resources } = config;
  const own = (resource: { readonly mode: string; readonly id?: string }) =>
    resource.id === undefined ? undefined : nameOf(resource.id);
  const trailName = own(resources.trail) ?? config.trailName;
  return {
    trailName,
    bucketName: own(resources.bucket) ?? config.bucketName,
    logGroupName: resources.logGroup.mode === "create" ? `/aws/cloudtrail/${trailName}` : resources.logGroup.id,
    deliveriesTopicName: own(resources.deliveriesTopic) ?? `${config.namePrefix}-deliveries`,
    alertsTopicName: own(resources.alertsTopic) ?? config.alertsTopicName,
    urgentTopicName: own(resources.urgentTopic) ?? config.urgentTopicName,
  };
}
