import type { Detection } from "../../detection/definition/detection";
import { partitionOf } from "../../detection/events/partition";
import { literal } from "../deployment/terraform-text";

const inputPaths = {
  account: "$.account",
  awsRegion: "$.detail.awsRegion",
  eventID: "$.detail.eventID",
  eventName: "$.detail.eventName",
  eventTime: "$.detail.eventTime",
  sourceIPAddress: "$.detail.sourceIPAddress",
};

/**
 * What the urgent topic's subscribers read when EventBridge notifies them directly: a line each in quotes (EventBridge keeps
 * the quotes). What an SMS shows first stands first. The alert with all that the record says follows from the function; the
 * steps are here too, in short, for when it doesn't.
 *
 * Values are inserted as they are and absent ones vanish, so only fields go in that AWS sets itself and that are always
 * there: never a user agent, a name or an error message.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 *
 * @param homeRegion a region of the partition that the monitor is deployed in: its console's address is in the link
 */
export function urgentMessage(
  { id, title, severity, runbook }: Detection,
  homeRegion: string,
): {
  readonly inputPaths: Record<string, string>;
  readonly inputTemplate: string;
} {
  const { console } = partitionOf(homeRegion);
  const lines = [
    `${severity.toUpperCase()} <eventName> in account <account> <awsRegion> at <eventTime> from <sourceIPAddress>.`,
    `${title}.`,
    ...(console === undefined
      ? []
      : [`See it: https://<awsRegion>.${console}/cloudtrailv2/home?region=<awsRegion>#/events/<eventID>`]),
    "Details follow within a minute. If they don't, follow the steps below.",
    `1. ${runbook.check}`,
    `2. If it was not intended: ${runbook.contain}`,
    `Event <eventID>, detection ${id}.`,
  ];
  // A name that EventBridge does not know would be refused with the whole target.
  const known = (line: string) =>
    line.replace(/<([^<>]*)>/g, (placeholder, name: string) =>
      Object.hasOwn(inputPaths, name) ? placeholder : `(${name})`,
    );
  return { inputPaths, inputTemplate: literal(lines.map((line) => JSON.stringify(known(line))).join("\n")) };
}
