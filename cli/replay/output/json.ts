import { plainJson } from "../result/plain-json";
import type { ReplayAlert, ReplayResult } from "../result/replay-result";

/** A replay's alerts, for programs: one a line. */
export function* jsonLines({ alerts }: Pick<ReplayResult, "alerts">): Generator<string> {
  for (const alert of alerts) yield plainJson(jsonAlert(alert));
}

/** The fields that programs get, in their order. Those that the record doesn't have are left out. */
export function jsonAlert(alert: ReplayAlert): object {
  const {
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
    principal,
  } = alert;
  const { sourceIPAddress, userAgent, accessKeyId, outcome, errorCode, errorMessage, target, file } = alert;
  const { alsoMatched, incident } = alert;
  return {
    ...{ detection, severity, tier, title, eventID, eventTime, eventSource, eventName },
    ...{ account, region, actor, principal, sourceIPAddress, userAgent, accessKeyId, outcome },
    ...(errorCode !== "" && { errorCode }),
    ...(errorMessage !== "" && { errorMessage }),
    target,
    ...json("requestParameters", alert),
    ...json("responseElements", alert),
    ...(alsoMatched.length > 0 && { alsoMatched }),
    ...(incident && { incident }),
    file,
  };
}

function json(field: "requestParameters" | "responseElements", alert: ReplayAlert): object {
  return alert[field] === "" ? {} : { [field]: JSON.parse(alert[field]) };
}
