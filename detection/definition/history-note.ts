/** The limits of event history. Source: CloudTrail's user guide, "Viewing event history". */
export const HISTORY_LAGS = "Event history shows a call 5 to 15 minutes after it was made, and management events only.";

/** The note behind a command that reads CloudTrail's event history; empty for other commands. */
export function historyNote(command: string): string {
  return command.includes("cloudtrail lookup-events") ? ` (${HISTORY_LAGS})` : "";
}
