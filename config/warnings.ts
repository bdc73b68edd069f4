import { holdsPassword } from "./https-endpoint";
import { placesOf } from "./places";
import { partitionOf, unknownRegion } from "./regions";
import type { Config } from "./schema";
import { sharedNameWarnings } from "./shared-names";
import { watchedRegionWarnings } from "./watched-regions";

/** What is allowed but probably not meant, a line each. */
export function warningsOf(config: Config): readonly string[] {
  const { subscribers, channels, deployers, region, stateRegion, archiveRetentionDays, resources, organization } =
    config;
  const warnings: string[] = [];
  if (subscribers.length === 0 && channels.length > 0) {
    warnings.push(
      'subscribers is empty: when the notifier fails, its own alarm reaches no one; add for example {"protocol": "email", "endpoint": "oncall@example.com"}',
    );
  } else if (subscribers.length === 0) {
    warnings.push(
      'subscribers is empty: no one receives alerts; add for example {"protocol": "email", "endpoint": "oncall@example.com"}',
    );
  }
  if (deployers.length === 0) {
    warnings.push(
      `deployers is empty: changes by your own deployments raise alerts; add for example "arn:${partitionOf(region)?.id ?? "aws"}:iam::111122223333:role/deployer"`,
    );
  }
  for (const [key, value] of Object.entries({ region, stateRegion })) {
    const problem = value === undefined ? undefined : unknownRegion(value);
    if (problem !== undefined) warnings.push(`${key} is "${value}": ${problem}`);
  }
  warnings.push(...watchedRegionWarnings(config));
  if (organization !== undefined && organization.busStatements === undefined) {
    warnings.push(
      "organization.busStatements is not given: an event bus has one policy, and the apply replaces that of the home default bus; list the statements it has (aws events describe-event-bus), or [] for none",
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
  return [...warnings, ...subscriberWarnings(config), ...sharedNameWarnings(config)];
}

function subscriberWarnings(config: Config): readonly string[] {
  const { region, subscribers } = config;
  return [
    ...placesOf(config, (_, index) => index)
      .filter((place) => place.key === "subscribers" && place.region !== region)
      .map(
        ({ where, arn, region: its }) =>
          `${where} is "${arn}": ${unknownRegion(its) === undefined ? "" : `"${its}" ${unknownRegion(its)}; `}the queue lies in ${its}, the topics in ${region}; alerts stop when either region has an outage, and SNS delivers to opt-in regions with limits: a queue in ${region} is safer`,
      ),
    ...subscribers.flatMap(({ protocol, endpoint }, index) =>
      protocol === "https" && holdsPassword(endpoint)
        ? [
            `subscribers[${index}].endpoint holds a user name or password: it can be read in the configuration, the Terraform JSON, plans and the state`,
          ]
        : [],
    ),
  ];
}
