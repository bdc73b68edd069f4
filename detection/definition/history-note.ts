/** What has to be known when a call is looked for at once. Source: CloudTrail's user guide, "Viewing event history". */
export const HISTORY_LAGS = "Event history shows a call 5 to 15 minutes after it was made, and management events only.";

/** What to add behind a command that looks into CloudTrail's event history; nothing to another. */
export function historyNote(command: string): string {
  return command.includes("cloudtrail lookup-events") ? ` (${HISTORY_LAGS})` : "";
}
