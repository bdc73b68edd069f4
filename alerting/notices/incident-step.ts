import { describeActor } from "../../detection/events/actor";
import { callId, eventId } from "../../detection/events/event-id";
import { eventTimeMs } from "../../detection/events/event-time";
import { textAt } from "../../detection/events/json";
import { outcomeOf } from "../../detection/events/outcome";
import { oneLine } from "../../detection/events/text";
import type { IncidentStep } from "../incidents/incident";
import type { AlertToRender } from "./alert-renderer";
import { whatExactly } from "./what/what-exactly";

const NAME = 128;
/** Characters of what exactly the call did. */
const WHAT = 120;

/** An alert as a step of its incident. */
export function incidentStep({ detection, event }: Pick<AlertToRender, "detection" | "event">): IncidentStep {
  const record = event.detail;
  const short = (text: string | undefined) => oneLine(text ?? "", NAME) || "unknown";
  return {
    callId: callId(event),
    eventId: eventId(event),
    time: eventTimeMs(event),
    detection: detection.id,
    title: oneLine(detection.title, NAME),
    severity: detection.severity,
    eventName: short(record.eventName),
    outcome: outcomeOf(record).kind,
    account: short(textAt(record, "recipientAccountId") ?? event.account),
    region: short(textAt(record, "awsRegion") ?? event.region),
    actor: oneLine(describeActor(record), 200),
    sourceIPAddress: short(textAt(record, "sourceIPAddress")),
    what: oneLine(whatExactly(event), WHAT) || "no resource named",
  };
}
