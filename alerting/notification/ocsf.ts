import type { Severity } from "../../detection/definition/detection";
import type { JsonObject } from "../../detection/events/json";
import { parseTime } from "../../detection/events/text";
import type { NamedDetection, SummaryNotification } from "./notification";
import { evidenceOf, type OcsfAlert, observablesOf, resourcesOf } from "./ocsf-evidence";

/** Security Hub and many SIEMs read it; what it has is in every later version of the same number. */
export const OCSF_VERSION = "1.6.0";

const CLASS_UID = 2004;
const CREATE = { id: 1, name: "Create" };
const UPDATE = { id: 2, name: "Update" };

const SEVERITY: Readonly<Record<Severity, { readonly id: number; readonly riskId: number; readonly name: string }>> = {
  critical: { id: 5, riskId: 4, name: "Critical" },
  high: { id: 4, riskId: 3, name: "High" },
  medium: { id: 3, riskId: 2, name: "Medium" },
  low: { id: 2, riskId: 1, name: "Low" },
};

/** Ids of MITRE ATT&CK's tactics for Enterprise. Source: https://attack.mitre.org/tactics/enterprise/ */
const TACTICS: ReadonlyMap<string, string> = new Map([
  ["Reconnaissance", "TA0043"],
  ["Resource Development", "TA0042"],
  ["Initial Access", "TA0001"],
  ["Execution", "TA0002"],
  ["Persistence", "TA0003"],
  ["Privilege Escalation", "TA0004"],
  ["Defense Evasion", "TA0005"],
  ["Credential Access", "TA0006"],
  ["Discovery", "TA0007"],
  ["Lateral Movement", "TA0008"],
  ["Collection", "TA0009"],
  ["Command and Control", "TA0011"],
  ["Exfiltration", "TA0010"],
  ["Impact", "TA0040"],
]);

/** What a finding says of where it comes from. */
export interface OcsfContext {
  /** Version of trailwarden. */
  readonly version: string;
  /** When the finding is made, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * An alert or a summary as OCSF's Detection Finding (class 2004), for SIEMs. An alert creates a finding; a summary updates the
 * finding of its window's alert or, where there was none, creates one. Alerts of one incident have its id as `correlation_uid`.
 *
 * The other kinds of notification are no findings.
 *
 * Sources: https://schema.ocsf.io/1.6.0/classes/detection_finding?profiles=cloud,
 * https://github.com/ocsf/ocsf-docs/blob/main/articles/modeling-alerts.md
 */
export function ocsfFinding(notification: OcsfAlert | SummaryNotification, context: OcsfContext): JsonObject {
  return notification.kind === "alert" ? alertFinding(notification, context) : summaryFinding(notification, context);
}

function alertFinding(alert: OcsfAlert, context: OcsfContext): JsonObject {
  const { detection, event, actor, remediation, links } = alert;
  const time = parseTime(event.time);
  return {
    ...classified(alert, CREATE, time, context),
    message: `${event.name} ${alert.outcome} by ${actor.name}: ${alert.what}`,
    is_alert: true,
    ...(time !== undefined && { start_time: time, end_time: time }),
    finding_info: {
      uid: alert.id,
      title: detection.title,
      desc: alert.why,
      ...(detection.attack && { types: [detection.attack.tactic] }),
      analytic: analyticOf(detection),
      ...(alert.alsoMatched.length > 0 && { related_analytics: alert.alsoMatched.map(analyticOf) }),
      ...(detection.attack && { attacks: [attackOf(detection.attack)] }),
      ...seen(time, time, context),
      related_events: [{ uid: event.id, type: "CloudTrail event" }],
      related_events_count: 1,
      ...(links.event?.startsWith("https://") && { src_url: links.event }),
    },
    evidences: [evidenceOf(alert)],
    ...some("resources", resourcesOf(alert)),
    ...some("observables", observablesOf(alert)),
    remediation: { desc: `${remediation.check}\n${remediation.command}\n${remediation.contain}` },
    unmapped: { outcome: alert.outcome, what: alert.what, path: event.path },
  };
}

function summaryFinding(summary: SummaryNotification, context: OcsfContext): JsonObject {
  const { detection, alerted, firstEvent, links } = summary;
  const [first, last] = [parseTime(summary.firstTime), parseTime(summary.lastTime)];
  const event = alerted ?? firstEvent;
  return {
    ...classified(summary, alerted ? UPDATE : CREATE, first, context),
    message: summary.news,
    is_alert: alerted === undefined,
    count: Math.max(1, summary.count),
    ...(first !== undefined && { start_time: first }),
    ...(last !== undefined && { end_time: last }),
    finding_info: {
      uid: alerted?.id === undefined ? summary.id : `${detection.id}/${alerted.id}`,
      title: detection.title,
      desc: summary.news,
      analytic: analyticOf(detection),
      ...seen(first, last, context),
      ...(event?.id !== undefined && { related_events: [{ uid: event.id, type: "CloudTrail event" }] }),
      related_events_count: summary.total,
      ...(links.event?.startsWith("https://") && { src_url: links.event }),
    },
    ...(event && { evidences: [{ actor: { user: { name: event.actor } }, api: { operation: event.name } }] }),
    unmapped: { outcomes: summary.outcomes, actors: summary.actors, calls: summary.calls, regions: summary.regions },
  };
}

/** What every finding has; siblings of ids are their captions. */
function classified(
  notification: OcsfAlert | SummaryNotification,
  activity: typeof CREATE,
  time: number | undefined,
  { version, now }: OcsfContext,
): JsonObject {
  const { severity, account, region, incident } = notification;
  const { id, riskId, name } = SEVERITY[severity];
  const unit = account.organizationalUnits?.at(-1);
  return {
    activity_id: activity.id,
    activity_name: activity.name,
    category_uid: 2,
    category_name: "Findings",
    class_uid: CLASS_UID,
    class_name: "Detection Finding",
    type_uid: CLASS_UID * 100 + activity.id,
    type_name: `Detection Finding: ${activity.name}`,
    severity_id: id,
    severity: name,
    risk_level_id: riskId,
    risk_level: name,
    status_id: 1,
    status: "New",
    time: now,
    metadata: {
      version: OCSF_VERSION,
      product: { name: "trailwarden", vendor_name: "trailwarden", version },
      uid: notification.id,
      profiles: ["cloud"],
      log_name: "CloudTrail",
      log_provider: "AWS",
      ...(incident && { correlation_uid: incident.id }),
      ...(time !== undefined && { original_time: new Date(time).toISOString() }),
      ...(notification.shortened && { is_truncated: true }),
    },
    cloud: {
      provider: "AWS",
      account: {
        uid: account.id,
        ...(account.name !== undefined && { name: account.name }),
        type: "AWS Account",
        type_id: 10,
      },
      ...(account.organization !== undefined && {
        org: { uid: account.organization, ...(unit !== undefined && { ou_uid: unit }) },
      }),
      region,
    },
  };
}

function seen(first: number | undefined, last: number | undefined, { now }: OcsfContext): JsonObject {
  return {
    created_time: now,
    ...(first !== undefined && { first_seen_time: first }),
    ...(last !== undefined && { last_seen_time: last }),
  };
}

function analyticOf({ id, title }: NamedDetection): JsonObject {
  return { uid: id, name: title, type: "Rule", type_id: 1 };
}

function attackOf({ technique, tactic }: { readonly technique: string; readonly tactic: string }): JsonObject {
  const [parent = technique] = technique.split(".");
  const tacticId = TACTICS.get(tactic);
  return {
    tactic: { name: tactic, ...(tacticId !== undefined && { uid: tacticId }) },
    technique: { uid: parent },
    ...(parent !== technique && { sub_technique: { uid: technique } }),
  };
}

/** OCSF knows no empty lists. */
function some(name: string, list: readonly JsonObject[]): JsonObject {
  return list.length > 0 ? { [name]: list } : {};
}
