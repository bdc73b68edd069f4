import type { Contradiction, Origins } from "./contradiction";
import type { Config } from "./schema";

/** What can't go together with an organization among the resources that are there already. */
export function organizationContradictions(config: Config, origins: Origins): readonly Contradiction[] {
  const { organization } = config;
  if (!organization) return [];
  return [...trailOwner(config, organization, origins), ...readFromBus(config, organization, origins)];
}

type Organization = NonNullable<Config["organization"]>;

/** Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html */
function trailOwner({ resources }: Config, { managementAccount }: Organization, { from }: Origins) {
  const { trail } = resources;
  if (trail.mode === "create") return [];
  const [, , , , account] = trail.id.split(":");
  if (account === managementAccount) return [];
  return [
    {
      keys: ["resources.trail", "organization"],
      problem: `resources.trail.id is "${trail.id}"${from("resources")}: belongs to account ${account}, but organization.managementAccount is "${managementAccount}"${from("organization")}; an organization trail always belongs to the management account, even if a delegated administrator has created it`,
    },
  ];
}

/** A trail of ours has a topic, and one that is adopted gets one. */
function readFromBus({ resources }: Config, { deliveries }: Organization, { from }: Origins) {
  if (deliveries !== "eventbridge") return [];
  const here = `organization.deliveries is "eventbridge"${from("organization")}`;
  const { trail, deliveriesTopic } = resources;
  const contradictions: Contradiction[] = [];
  if (trail.mode !== "existing") {
    contradictions.push({
      keys: ["resources.trail", "organization"],
      problem: `${here}: but the trail is ${trail.mode === "create" ? "created" : "adopted"}, and notifies a topic of its log files; leave deliveries out, or name trail and bucket in resources with mode existing`,
    });
  }
  if (deliveriesTopic.mode !== "create") {
    contradictions.push({
      keys: ["resources.deliveriesTopic", "organization"],
      problem: `${here}: but resources.deliveriesTopic is "${deliveriesTopic.id}"${from("resources")}, which would not be read; leave one of them out`,
    });
  }
  return contradictions;
}
