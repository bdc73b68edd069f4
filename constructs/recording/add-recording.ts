import type { Construct } from "constructs";
import { namesOf } from "../../config/names";
import type { Config } from "../../config/schema";
import type { Deployment } from "../deployment/deployment";
import type { StatementsToAdd } from "../deployment/origin";
import { DeliveriesTopic } from "../messaging/deliveries-topic";
import { ArchiveKey } from "../storage/archive-key";
import { LogArchive } from "../storage/log-archive";
import { Trail } from "./trail";
import { TrailLogGroup } from "./trail-log-group";

export interface Recording {
  readonly trail: Trail;
  readonly archive: LogArchive;
  readonly archiveKey: ArchiveKey;
  readonly deliveries: DeliveriesTopic;
  readonly statementsToAdd: readonly StatementsToAdd[];
}

/**
 * The trail, and everything that it writes to.
 *
 * @param functionLogGroupNames the functions' log groups, which the archive's key encrypts as well
 */
export function addRecording(
  scope: Construct,
  deployment: Deployment,
  config: Config,
  functionLogGroupNames: readonly string[],
): Recording {
  const names = namesOf(config);
  const { resources } = config;
  const trailArn =
    resources.trail.mode === "create" ? deployment.arn("cloudtrail", `trail/${names.trailName}`) : resources.trail.id;
  const archiveKey = new ArchiveKey(scope, "ArchiveKey", {
    deployment,
    trailArn,
    logGroupArns: [names.logGroupName, ...functionLogGroupNames].map((name) =>
      deployment.arn("logs", `log-group:${name}`),
    ),
    origin: resources.archiveKey,
  });
  const archive = new LogArchive(scope, "LogArchive", {
    deployment,
    trailArn,
    keyArn: archiveKey.arn,
    key: archiveKey.dependables,
    origin: resources.bucket,
    bucketName: names.bucketName ?? deployment.name(`logs-${deployment.account}-${config.region}`),
    transitionDays: config.archiveTransitionDays,
    retentionDays: config.archiveRetentionDays,
  });
  // A trail that is used as it is keeps the log group it has.
  const trailLogGroup =
    resources.trail.mode === "existing"
      ? undefined
      : new TrailLogGroup(scope, "TrailLogGroup", {
          deployment,
          keyArn: archiveKey.arn,
          logGroupName: names.logGroupName,
          retentionDays: config.logGroupRetentionDays,
          origin: resources.logGroup,
        });
  const deliveries = new DeliveriesTopic(scope, "DeliveriesTopic", {
    topicName: names.deliveriesTopicName,
    origin: resources.deliveriesTopic,
    trailArn,
    keyArn: archiveKey.arn,
  });
  const trail = new Trail(scope, "Trail", {
    trailName: names.trailName,
    origin: resources.trail,
    keyArn: archiveKey.arn,
    bucket: archive,
    logGroup: trailLogGroup,
    deliveriesTopicName: deliveries.topicName,
    dependsOn: [...archive.writable, ...(trailLogGroup?.writable ?? []), ...deliveries.writable],
  });
  return {
    trail,
    archive,
    archiveKey,
    deliveries,
    statementsToAdd: [...archiveKey.statementsToAdd, ...archive.statementsToAdd, ...deliveries.statementsToAdd],
  };
}
