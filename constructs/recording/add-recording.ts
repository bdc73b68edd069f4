import { conditional, Op, Token } from "cdktf";
import type { Construct } from "constructs";
import { namesOf } from "../../config/names";
import type { Config } from "../../config/schema";
import type { Deployment } from "../deployment/deployment";
import type { StatementsToAdd } from "../deployment/origin";
import type { PolicyStatement } from "../deployment/policy-document";
import type { AlertFunctionProps } from "../function/alert-function";
import { DeliveriesTopic, publishStatements } from "../messaging/deliveries-topic";
import { ArchiveKey, logFileStatements } from "../storage/archive-key";
import { bucketArnOf, LogArchive, logFileArns, writeStatements } from "../storage/log-archive";
import { CentralReader, ofLogFiles } from "./central-reader";
import { logPrefixes } from "./log-prefixes";
import { Trail } from "./trail";
import { TrailLogGroup } from "./trail-log-group";

export interface Recording {
  readonly trail: Trail;
  readonly archive: LogArchive;
  readonly archiveKey: ArchiveKey;
  /** What the function reads. */
  readonly logFiles: AlertFunctionProps["logFiles"];
  /** Beginnings of the log files' keys. */
  readonly prefixes: readonly string[];
  /** The topic that names new log files; undefined where S3's events do. */
  readonly deliveries: DeliveriesTopic | undefined;
  /** The same where its own metric counts log files: an organization's may lie elsewhere, or carry more. */
  readonly countedTopicName: string | undefined;
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
  const { resources, organization } = config;
  const trailArn =
    resources.trail.mode === "create"
      ? deployment.arn("cloudtrail", `trail/${names.trailName}`, {
          ...(organization && { account: organization.managementAccount }),
        })
      : resources.trail.id;
  const bucketName = names.bucketName ?? deployment.name(`logs-${deployment.account}-${config.region}`);
  const prefixes = logPrefixes(config, deployment.account);
  const foreign = foreignStatements(deployment, config, trailArn, bucketArnOf(deployment, bucketName), prefixes);
  const archiveKey = new ArchiveKey(scope, "ArchiveKey", {
    deployment,
    trailArn,
    logGroupArns: [names.logGroupName, ...functionLogGroupNames].map((name) =>
      deployment.arn("logs", `log-group:${name}`),
    ),
    origin: resources.archiveKey,
    foreign: foreign?.archiveKey,
  });
  const archive = new LogArchive(scope, "LogArchive", {
    deployment,
    trailArn,
    keyArn: archiveKey.arn,
    key: archiveKey.dependables,
    origin: resources.bucket,
    bucketName,
    prefixes,
    foreign: foreign?.bucket,
    transitionDays: config.archiveTransitionDays,
    retentionDays: config.archiveRetentionDays,
  });
  const objectArns = logFileArns(archive.arn, prefixes);
  // A trail that is used as it is keeps the log group it has.
  const trailLogGroup =
    resources.trail.mode === "existing"
      ? undefined
      : new TrailLogGroup(scope, "TrailLogGroup", {
          deployment,
          organization,
          keyArn: archiveKey.ownArn,
          logGroupName: names.logGroupName,
          retentionDays: config.logGroupRetentionDays,
          origin: resources.logGroup,
        });
  const deliveries =
    organization?.deliveries === "eventbridge"
      ? undefined
      : new DeliveriesTopic(scope, "DeliveriesTopic", {
          topicName: names.deliveriesTopicName,
          origin: resources.deliveriesTopic,
          trailArn,
          keyArn: archiveKey.ownArn,
          foreign: foreign?.deliveriesTopic,
        });
  const trail = new Trail(scope, "Trail", {
    trailName: names.trailName,
    origin: resources.trail,
    keyArn: archiveKey.arn,
    bucket: archive,
    logGroup: trailLogGroup,
    deliveriesTopicName: deliveries && topicForTrail(deployment, config, deliveries),
    ofOrganization: organization !== undefined,
    dependsOn: [...archive.writable, ...(trailLogGroup?.writable ?? []), ...(deliveries?.writable ?? [])],
  });
  return {
    trail,
    archive,
    archiveKey,
    logFiles: {
      arns: objectArns,
      keyArn: archiveKey.arn,
      decrypts: organization && ofLogFiles(archive.arn, objectArns),
    },
    prefixes,
    deliveries,
    countedTopicName: organization && resources.deliveriesTopic.mode === "existing" ? undefined : deliveries?.topicName,
    statementsToAdd: [
      ...archiveKey.statementsToAdd,
      ...archive.statementsToAdd,
      ...(deliveries?.statementsToAdd ?? []),
    ],
  };
}

/** What the owners of an organization's resources have to add; undefined for one account, whose role's policy is enough. */
function foreignStatements(
  deployment: Deployment,
  { organization, resources }: Config,
  trailArn: string,
  bucketArn: string,
  prefixes: readonly string[],
): Readonly<Record<"archiveKey" | "bucket" | "deliveriesTopic", readonly PolicyStatement[]>> | undefined {
  if (!organization) return undefined;
  const reader = new CentralReader(deployment, deployment.name("alerts"));
  const objectArns = logFileArns(bucketArn, prefixes);
  const topicArn = resources.deliveriesTopic.mode === "existing" ? resources.deliveriesTopic.id : "";
  // A trail that is there has been let in by them.
  const forTrail = (statements: readonly PolicyStatement[]) => (resources.trail.mode === "existing" ? [] : statements);
  return {
    archiveKey: [...forTrail(logFileStatements(trailArn)), reader.decryptsLogFiles(ofLogFiles(bucketArn, objectArns))],
    bucket: [...forTrail(writeStatements(bucketArn, trailArn, prefixes)), reader.readsLogFiles(objectArns)],
    deliveriesTopic: [
      ...forTrail(publishStatements(topicArn, trailArn)),
      reader.subscribes(topicArn, deployment.name("deliveries")),
    ],
  };
}

/** As the provider reads it back: its name, or of another account's topic its ARN. Source: the provider's `resourceTrailRead`. */
function topicForTrail(
  { account }: Deployment,
  { organization, resources: { deliveriesTopic } }: Config,
  { topicName }: DeliveriesTopic,
): string {
  if (!organization || deliveriesTopic.mode !== "existing") return topicName;
  const { id } = deliveriesTopic;
  return Token.asString(conditional(Op.eq(account, id.split(":")[4]), topicName, id));
}
