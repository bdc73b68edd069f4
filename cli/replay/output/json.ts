import type { ReplayAlert, ReplayResult } from "../replay-result";

/** What a replay would have told, for programs: an alert a line. */
export function* jsonLines({ alerts }: Pick<ReplayResult, "alerts">): Generator<string> {
  for (const alert of alerts) yield JSON.stringify(jsonAlert(alert));
}

/** The fields that are told to programs, in their order. */
export function jsonAlert({
  detection,
  severity,
  tier,
  title,
  eventID,
  eventTime,
  eventSource,
  eventName,
  account,
  region,
  actor,
  sourceIPAddress,
  file,
}: ReplayAlert): object {
  return {
    ...{ detection, severity, tier, title, eventID, eventTime, eventSource, eventName },
    ...{ account, region, actor, sourceIPAddress, file },
  };
}
