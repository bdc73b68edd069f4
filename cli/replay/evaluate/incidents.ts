import { nowSucceeded, roleOf } from "../../../alerting/incidents/incident-role";
import { MemoryIncidentState } from "../../../alerting/incidents/memory-incident-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { mostSevere } from "../../../detection/definition/detection";
import type { OutcomeKind } from "../../../detection/events/outcome";
import { parseTime } from "../../../detection/events/text";
import type { ReplayAlert, ReplayIncident } from "../result/replay-result";

const MINUTE_MS = 60_000;

/**
 * Joins alerts to the incidents of their principals, as the function does.
 *
 * @param alerts in the order of event time
 * @returns the same alerts with their places in the incidents, and the incidents
 */
export async function withIncidents(
  alerts: readonly ReplayAlert[],
  incidentMinutes: number,
): Promise<{ readonly alerts: readonly ReplayAlert[]; readonly incidents: readonly ReplayIncident[] }> {
  const state = new MemoryIncidentState(new MemoryAlertState());
  const members = new Map<string, ReplayAlert[]>();
  const placed: ReplayAlert[] = [];
  for (const alert of alerts) {
    if (alert.tier === "digest") {
      placed.push(alert);
      continue;
    }
    const now = timeOf(alert);
    const place = await state.join(alert.caller, stepOf(alert), incidentMinutes * MINUTE_MS, {
      ...{ owner: "replay", now, until: now },
    });
    const its = members.get(place.id);
    if (its) its.push(alert);
    else members.set(place.id, [alert]);
    const { id, number } = place;
    const [severity, outcome] = [alert.severity, outcomeOf(alert)];
    const incident = {
      ...{ id, role: roleOf(place, severity, outcome), number },
      ...(nowSucceeded(place, severity, outcome) && { nowSucceeded: true as const }),
    };
    placed.push({ ...alert, incident });
  }
  return { alerts: placed, incidents: [...members].map(([id, its]) => incidentOf(id, its)) };
}

function incidentOf(id: string, alerts: readonly ReplayAlert[]): ReplayIncident {
  const [first] = alerts as readonly [ReplayAlert, ...ReplayAlert[]];
  return {
    id,
    severity: mostSevere(alerts.map(({ severity }) => severity)),
    actor: first.actor,
    firstTime: first.eventTime,
    lastTime: (alerts.at(-1) ?? first).eventTime,
    alerts: alerts.length,
  };
}

function timeOf({ eventTime }: ReplayAlert): number {
  return parseTime(eventTime) ?? 0;
}

function outcomeOf({ outcome }: ReplayAlert): OutcomeKind {
  return outcome === "unknown" ? "succeeded" : outcome;
}

/** A replay counts timelines and writes none: of a step it needs no more than what incidents go by. */
function stepOf(alert: ReplayAlert) {
  const { callId, eventID, detection, title, severity, eventName, account, region, actor, sourceIPAddress, target } =
    alert;
  return {
    ...{ callId, eventId: eventID, time: timeOf(alert), detection, title, severity, eventName, account, region, actor },
    ...{ sourceIPAddress, what: target, outcome: outcomeOf(alert) },
  };
}
