import type { Detection } from "../detection/definition/detection";
import { historyNote } from "../detection/definition/history-note";
import { literal } from "./terraform-text";

const inputPaths = {
  account: "$.account",
  awsRegion: "$.detail.awsRegion",
  eventID: "$.detail.eventID",
  eventName: "$.detail.eventName",
  eventTime: "$.detail.eventTime",
  sourceIPAddress: "$.detail.sourceIPAddress",
};

/**
 * What the urgent topic's subscribers read when EventBridge notifies them directly: one quoted string (EventBridge keeps the
 * quotes). What an SMS shows first stands first.
 *
 * Values are inserted as they are and absent ones vanish, so only fields go in that AWS sets itself and that are always
 * there: never a user agent, a name or an error message.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function urgentMessage({ id, title, severity, why, runbook }: Detection): {
  readonly inputPaths: Record<string, string>;
  readonly inputTemplate: string;
} {
  const text = [
    `${severity.toUpperCase()} <eventName> in account <account> <awsRegion> at <eventTime> from <sourceIPAddress>.`,
    `${title}.`,
    `Why it matters: ${why}`,
    `What to do: 1. ${runbook.check} 2. ${runbook.command}${historyNote(runbook.command)} 3. If it was not intended: ${runbook.contain}`,
    `Event <eventID>, detection ${id}.`,
  ].join(" ");
  // A name that EventBridge does not know would be refused with the whole target.
  const known = text.replace(/<([^<>]*)>/g, (placeholder, name: string) =>
    Object.hasOwn(inputPaths, name) ? placeholder : `(${name})`,
  );
  return { inputPaths, inputTemplate: literal(JSON.stringify(known)) };
}
