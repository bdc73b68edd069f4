import { isRegion, partitionOf } from "../../detection/events/partition";

/**
 * An event in the event history of CloudTrail's console, or the event history where the id can't stand in a link. Without a
 * region that is one, the console asks for it; of a partition without a public console, where to look, in words.
 *
 * @param partition where the region does not say it
 */
export function consoleLink(region: string, eventId: string | undefined, partition = partitionOf(region)): string {
  const known = isRegion(region);
  const event = eventId && /^[A-Za-z0-9-]{1,64}$/.test(eventId) ? eventId : undefined;
  if (partition.console === undefined) {
    return `event history of ${known ? region : "the region"}, event ${event ?? "unknown"}`;
  }
  const history = `cloudtrailv2/home${known ? `?region=${region}` : ""}#/events${event ? `/${event}` : ""}`;
  return `https://${known ? `${region}.` : ""}${partition.console}/${history}`;
}

/** For JSON: the address, unless it is words or has a placeholder in it. */
export function linkOf(link: string): { readonly event?: string } {
  return /^(https|s3):\/\/[^\s<>"]+$/.test(link) ? { event: link } : {};
}
