import { NOTIFICATION_VERSION, type Resource } from "../../../alerting/notification/notification";
import { ocsfFinding } from "../../../alerting/notification/ocsf";
import type { OcsfAlert } from "../../../alerting/notification/ocsf-evidence";
import { version } from "../../../config/version";
import type { Detection } from "../../../detection/definition/detection";
import { isObject, type JsonObject, parseJson } from "../../../detection/events/json";
import { parseTime } from "../../../detection/events/text";
import { plainJson } from "../result/plain-json";
import type { ReplayAlert, ReplayResult } from "../result/replay-result";

/**
 * A replay's alerts as OCSF's Detection Findings, for SIEMs: one a line. They are of the time of their events, and of what a replay
 * keeps of these: the caller in words, what the call touched, request and response with secrets masked.
 */
export function* ocsfLines(
  { alerts }: Pick<ReplayResult, "alerts">,
  detections: readonly Detection[],
): Generator<string> {
  const byId = new Map(detections.map((detection) => [detection.id, detection]));
  for (const alert of alerts) {
    const now = parseTime(alert.eventTime) ?? 0;
    const finding = ocsfFinding(ocsfAlert(alert, byId.get(alert.detection)), { version: version(), now });
    // What only stands in the daily digest needs no one at once.
    yield plainJson({ ...finding, is_alert: alert.tier === "alert" });
  }
}

function ocsfAlert(alert: ReplayAlert, detection: Detection | undefined): OcsfAlert {
  const { severity, title, account, region, accessKeyId, errorCode, errorMessage, target } = alert;
  const { check = "", command = "", contain = "" } = detection?.runbook ?? {};
  return {
    version: NOTIFICATION_VERSION,
    kind: "alert",
    id: `${alert.detection}/${alert.callId}`,
    severity,
    account: { id: account },
    region,
    detection: { id: alert.detection, title, severity, ...(detection?.attack && { attack: detection.attack }) },
    alsoMatched: [],
    event: { id: alert.eventID, name: alert.eventName, source: alert.eventSource, time: alert.eventTime, path: "log" },
    outcome: alert.outcome,
    ...(errorCode !== "" && { errorCode }),
    ...(errorMessage !== "" && { errorMessage }),
    actor: {
      name: alert.actor,
      description: alert.actor,
      kind: "other",
      ...(/^A[A-Z0-9]{15,}$/.test(accessKeyId) && { accessKeyId }),
    },
    sourceIPAddress: alert.sourceIPAddress,
    userAgent: alert.userAgent,
    what: target,
    resources: resourcesIn(target),
    request: objectIn(alert.requestParameters),
    response: objectIn(alert.responseElements),
    why: detection?.why ?? title,
    remediation: { check, command, contain, undo: [] },
    links: {},
  };
}

/** A target is the ARNs of what was touched, or words. */
function resourcesIn(target: string): readonly Resource[] {
  return target.split(", ").flatMap((arn) => (/^arn:[^\s…]+$/.test(arn) ? [{ arn }] : []));
}

function objectIn(json: string): JsonObject | null {
  const parsed = parseJson(json);
  return "value" in parsed && isObject(parsed.value) ? parsed.value : null;
}
