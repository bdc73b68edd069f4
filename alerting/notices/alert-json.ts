import { cut, isoTime, oneLine } from "../../detection/events/text";
import { type AlertNotification, type IncidentReference, NOTIFICATION_VERSION } from "../notification/notification";
import type { Alert, AlertedIncident } from "./alert";
import { linkOf } from "./console-link";
import { type Labels, namedAccount, withAccountNames } from "./labels";
import { namedDetection } from "./named-detection";
import { whoShort } from "./who";

/** Characters of a text that a custom detection may have written. */
const PARAGRAPH = 4_000;
/** Characters of an actor with the names of accounts. */
const DESCRIPTION = 400;
/** Characters of the shortest that a reader knows them by. */
const NAME = 300;
/** Other detections, and commands, that are named. */
const LISTED = 20;

/** An alert as machines get it. */
export function alertJson(alert: Alert, labels: Labels): AlertNotification {
  const {
    detection,
    title,
    severity,
    errorCode,
    errorMessage,
    facts,
    also = [],
    incident,
    runbook,
    containment,
    count,
  } = alert;
  const { callId, eventId, requestId, sharedEventId } = facts;
  return {
    version: NOTIFICATION_VERSION,
    kind: "alert",
    id: `${detection}/${callId}`,
    severity,
    account: namedAccount(alert.account, labels),
    region: alert.region,
    detection: {
      ...namedDetection({ id: detection, title, severity }),
      ...(alert.attack && { attack: alert.attack }),
      ...(alert.cis.length > 0 && { cis: alert.cis }),
    },
    alsoMatched: also.slice(0, LISTED).map(namedDetection),
    ...(incident && { incident: incidentReference(incident) }),
    ...(alert.followsUrgent && { followsUrgent: true }),
    event: {
      id: eventId,
      name: alert.eventName,
      source: alert.eventSource,
      time: alert.eventTime,
      ...(requestId !== undefined && { requestId }),
      ...(sharedEventId !== undefined && { sharedEventId }),
      path: alert.path,
    },
    outcome: alert.outcomeKind,
    ...(errorCode !== undefined && { errorCode }),
    ...(errorMessage !== undefined && { errorMessage }),
    actor: {
      name: oneLine(whoShort(alert.caller, alert.account, labels), NAME),
      description: oneLine(withAccountNames(alert.actor, labels), DESCRIPTION),
      ...facts.actor,
    },
    sourceIPAddress: alert.sourceIPAddress,
    userAgent: alert.userAgent,
    what: alert.what,
    resources: facts.resources,
    request: facts.request,
    response: facts.response,
    why: text(alert.why),
    remediation: {
      check: text(runbook.check),
      command: text(runbook.command),
      contain: text(runbook.contain),
      undo: runbook.undo.slice(0, LISTED).map(text),
      ...(containment && {
        stopCaller: { text: text(containment.text), commands: containment.commands.slice(0, LISTED).map(text) },
      }),
    },
    ...(count && { count }),
    links: linkOf(alert.link),
  };
}

function incidentReference({ id, startedAt, number, role, nowSucceeded }: AlertedIncident): IncidentReference {
  return { id, startedAt: isoTime(startedAt), role, number, ...(nowSucceeded && { nowSucceeded }) };
}

/** Half a character can't be written in UTF-8. */
function text(value: string): string {
  return cut(value.replace(/\p{Cs}/gu, "\ufffd"), PARAGRAPH);
}
