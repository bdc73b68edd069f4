import { type AlertContext, buildAlert } from "../../../alerting/notices/alert";
import { alertJson } from "../../../alerting/notices/alert-json";
import { NO_LABELS } from "../../../alerting/notices/labels";
import type { AlertNotification } from "../../../alerting/notification/notification";
import type { Detection } from "../../../detection/definition/detection";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { type EventEnvelope, wrapRecord } from "../../../detection/events/envelope";
import { oneLine, parseTime } from "../../../detection/events/text";
import { type LogSource, nameOf } from "../../log-sources/log-source";
import { openSource } from "../../log-sources/open-source";
import { scanAny } from "../../log-sources/scan-any";
import type { ReplayAlert, ReplayResult } from "../result/replay-result";
import type { RecordMatch } from "./record-evaluator";
import { RecordEvaluator } from "./record-evaluator";
import { NAME } from "./replay-logs";
import type { Plan } from "./setup";
import { masked } from "./shown-json";

/**
 * Reads the log files of a few alerts again, for what channels would get of them: a replay keeps of each event only what its outputs
 * need. Secrets are masked. What can't be read again, such as standard input, is left out.
 *
 * @param alerts some of the result's, which is of the plan's first setup
 * @returns in the order of the alerts
 */
export async function readNotifications(
  alerts: readonly ReplayAlert[],
  { incidents }: Pick<ReplayResult, "incidents">,
  sources: readonly LogSource[],
  plan: Plan,
): Promise<readonly AlertNotification[]> {
  const found = new Map<ReplayAlert, AlertNotification>();
  const evaluator = new RecordEvaluator(plan);
  for (const source of sources.filter(({ kind }) => kind !== "stdin")) {
    const wanted = alerts.filter(({ file }) => file === oneLine(nameOf(source), NAME));
    if (wanted.length === 0) continue;
    await eachMatch(source, evaluator, (match, event) => {
      const detection = plan.asked[match.detection]?.detection;
      const alert = wanted.find((one) => !found.has(one) && isOf(one, detection, match));
      if (alert === undefined || detection === undefined) return;
      found.set(alert, notificationOf(alert, detection, match, event, incidents, plan));
    });
  }
  return alerts.flatMap((alert) => found.get(alert) ?? []);
}

/** A file that has become unreadable has been reported, or was whole a moment ago: its other records count. */
async function eachMatch(
  source: LogSource,
  evaluator: RecordEvaluator,
  take: (match: RecordMatch, event: EventEnvelope) => void,
): Promise<void> {
  const evaluate = (record: unknown): void => {
    try {
      for (const match of evaluator.evaluate(record)) take(match, wrapRecord(parseRecord(record)));
    } catch {
      // A record that can't be processed has no alert.
    }
  };
  try {
    await scanAny(openSource(source), evaluator.filter, evaluate);
  } catch {
    return;
  }
}

function isOf(alert: ReplayAlert, detection: Detection | undefined, { id, event }: RecordMatch): boolean {
  return (
    alert.detection === detection?.id &&
    alert.callId === id &&
    alert.eventID === event?.eventID &&
    alert.eventTime === event.eventTime &&
    alert.eventName === event.eventName
  );
}

function notificationOf(
  alert: ReplayAlert,
  detection: Detection,
  { window }: RecordMatch,
  event: EventEnvelope,
  incidents: ReplayResult["incidents"],
  plan: Plan,
): AlertNotification {
  const also = alert.alsoMatched.flatMap((id) => plan.asked.find((each) => each.detection.id === id)?.detection ?? []);
  const incident = incidents.find(({ id }) => id === alert.incident?.id);
  const context: AlertContext = {
    also,
    ...(alert.incident &&
      incident && { incident: { ...alert.incident, startedAt: parseTime(incident.firstTime) ?? 0 } }),
  };
  return alertJson(
    buildAlert(detection, withoutSecrets(event), "log", window, undefined, undefined, context),
    NO_LABELS,
  );
}

function withoutSecrets(event: EventEnvelope): EventEnvelope {
  const { requestParameters, responseElements, errorMessage } = event.detail;
  const detail = {
    ...event.detail,
    requestParameters: masked(requestParameters),
    responseElements: masked(responseElements),
    ...(errorMessage !== undefined && { errorMessage: masked(errorMessage) }),
  };
  return { ...event, detail };
}
