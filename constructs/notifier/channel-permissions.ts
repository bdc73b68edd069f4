import type { Channel, ChannelPermission } from "../../alerting/channels/channel";
import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import type { Deployment } from "../deployment/deployment";
import type { PolicyStatement } from "../deployment/policy-document";

/**
 * What the channels themselves ask for, such as to import findings.
 *
 * @param kinds every kind of channel that there is
 */
export function channelStatements(
  channels: readonly ConfiguredChannel[],
  kinds: readonly Channel[],
  deployment: Deployment,
): readonly PolicyStatement[] {
  const asked = channels.flatMap(
    ({ type, settings }) => kinds.find((kind) => kind.type === type)?.permissions(settings) ?? [],
  );
  // Two channels of a kind ask for the same: a policy may have a statement's id once.
  const byActions = new Map<string, ChannelPermission[]>();
  for (const each of asked) {
    const key = JSON.stringify([each.sid, [...each.actions].sort()]);
    byActions.set(key, [...(byActions.get(key) ?? []), each]);
  }
  const all = [...byActions.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, resources: [...new Set([first, ...others].flatMap((each) => each.resources))] }] : [],
  );
  return all.map(({ sid, actions, resources }, index) => ({
    Sid: all.findIndex((each) => each.sid === sid) === index ? sid : `${sid}${index}`,
    Effect: "Allow",
    Action: actions,
    Resource: resources.map((arn) => filledIn(arn, deployment)),
  }));
}

function filledIn(arn: string, { partition, region, account }: Deployment): string {
  return arn.replaceAll("{partition}", partition).replaceAll("{region}", region).replaceAll("{account}", account);
}
