// Over 250 lines: what each kind of notification looks like on a card, side by side.
import { afterStoppingCaller } from "../../detection/definition/after-stopping-caller";
import { counted, cut, oneLine, parseTime } from "../../detection/events/text";
import { type Labels, NO_LABELS, timeLabel, withAccountNames } from "../notices/labels";
import { NOTHING_TO_UNDO } from "../notices/notice";
import { shortActor } from "../notices/sms";
import type {
  Account,
  AlertNotification,
  DigestNotification,
  IncidentReference,
  Notification,
  OutcomeCounts,
  RateLimitNotification,
  SummaryNotification,
  TimelineNotification,
} from "../notification/notification";
import type { Card } from "./card";

/** Characters of a headline. */
export const HEADLINE_LENGTH = 150;

/** Characters of a fact's value, and of a paragraph. */
const FACT_LENGTH = 1_000;
const PARAGRAPH_LENGTH = 3_000;
/** Lines of a timeline, a digest or a list of callers. */
const MAX_LINES = 30;
/** What an alert says of a step where no resource is named. */
const NO_RESOURCE = "no resource named";

type Fact = Card["facts"][number];
type Paragraph = Card["paragraphs"][number];

/** What channels show of a notification. Pure: the same notification and labels give the same card. */
export function cardOf(notification: Notification, labels: Labels = NO_LABELS): Card {
  switch (notification.kind) {
    case "alert":
      return alertCard(notification, labels);
    case "summary":
      return summaryCard(notification, labels);
    case "timeline":
      return timelineCard(notification, labels);
    case "digest":
      return digestCard(notification, labels);
    case "rate-limit":
      return rateLimitCard(notification, labels);
  }
}

function alertCard(alert: AlertNotification, labels: Labels): Card {
  const { detection, event, outcome, actor, incident, count, account } = alert;
  const reason = [alert.errorCode, alert.errorMessage].filter((part) => part !== undefined).join(" - ");
  return {
    ...common(alert),
    headline: headlineOf(`${event.name} ${outcome} by ${actor.name}`, ` in ${placeName(account)}`),
    title: oneLine(detection.title, HEADLINE_LENGTH),
    facts: facts(
      ["Outcome", reason === "" || outcome === "succeeded" ? outcome : `${outcome}: ${reason}`],
      ["Who", actor.description],
      ["MFA", actor.mfa === undefined ? undefined : actor.mfa ? "used" : "not used"],
      ["What", alert.what],
      ["From", [alert.sourceIPAddress, alert.userAgent].filter((text) => text !== "").join(", ")],
      ["Key", actor.accessKeyId],
      ["When", timeInWords(event.time, labels)],
      [
        "Count",
        count &&
          `${count.threshold} or more between ${count.windowStart} and ${count.windowEnd} (UTC); this is one of them`,
      ],
      ["Account", accountText(account)],
      ["Region", alert.region],
      ["Also matched", alert.alsoMatched.map(({ title, severity }) => `${title} (${severity})`).join(", ")],
      [
        "Incident",
        incident &&
          `${incident.id}, ${incident.number === 1 ? "first alert" : `alert ${incident.number}`}${incident.nowSucceeded ? ": now succeeded, after attempts that did not" : ""}`,
      ],
    ),
    paragraphs: paragraphs(
      ["Why it matters", alert.why],
      alert.followsUrgent && ["Details", "EventBridge has sent a short alert for this event. These are the details."],
    ),
    steps: stepsOf(alert),
    links: links(["See the event in CloudTrail", alert.links.event]),
    detections: [detection.id, ...alert.alsoMatched.map(({ id }) => id)],
    ...timeOf(event.time),
    actor: oneLine(actor.name, HEADLINE_LENGTH),
    resources: alert.resources.flatMap(({ arn }) => (arn === undefined ? [] : [arn])),
    ...(incident && { incident: incidentOf(incident) }),
  };
}

function incidentOf({ id, role, number, nowSucceeded }: IncidentReference): NonNullable<Card["incident"]> {
  return { id, role, number, ...(nowSucceeded && { nowSucceeded }) };
}

/** As in the e-mail: what stops the caller comes before the rest where the detection wants it so. */
function stepsOf({ remediation }: AlertNotification): Card["steps"] {
  const { check, command, contain, undo, stopCaller } = remediation;
  const first = { text: check, commands: command === "" ? [] : [command] };
  const rest = stopCaller && afterStoppingCaller(contain);
  if (stopCaller !== undefined && rest !== undefined) {
    const stop = { text: `If it was not intended, stop the caller: ${stopCaller.text}`, commands: stopCaller.commands };
    if (rest === "" && undo.length === 0) return [first, stop];
    return [first, stop, { text: rest === "" ? "Undo the call." : rest, commands: undo }];
  }
  const undone = contain === NOTHING_TO_UNDO;
  return [
    first,
    { text: undone ? contain : `If it was not intended: ${contain}`, commands: undo },
    ...(stopCaller
      ? [
          {
            text: `${undone ? "If it was not intended, stop the caller" : "To stop the caller"}: ${stopCaller.text}`,
            commands: stopCaller.commands,
          },
        ]
      : []),
  ];
}

function summaryCard(summary: SummaryNotification, labels: Labels): Card {
  const { detection, incident, account, actors, otherActors, calls } = summary;
  const [only] = actors;
  const single = actors.length === 1 && !otherActors;
  return {
    ...common(summary),
    headline: headlineOf(`${detection.title}: ${summary.news}`, ` in ${placeName(account)}`),
    title: oneLine(detection.title, HEADLINE_LENGTH),
    facts: facts(
      ["Outcome", outcomesInWords(summary.outcomes)],
      ["Who", only && single ? withAccountNames(only.actor, labels) : undefined],
      ["What", calls.map(({ name, count }) => `${name} (${count})`).join(", ")],
      ["When", `${timeInWords(summary.firstTime, labels)} to ${timeInWords(summary.lastTime, labels)}`],
      ["Events", `${summary.count} new, ${summary.total} in all`],
      ["Rate limited", summary.rateLimited > 0 ? String(summary.rateLimited) : undefined],
      ["Account", accountText(account)],
      ["Region", summary.regions.join(", ")],
      ["Incident", incident?.id],
    ),
    paragraphs: paragraphs(!single && ["Who", withAccountNames(callersInWords(actors, otherActors), labels)]),
    links: links(["See the event in CloudTrail", summary.links.event]),
    detections: [detection.id],
    ...timeOf(summary.lastTime),
    ...(only && single && { actor: oneLine(only.actor, HEADLINE_LENGTH) }),
    ...(incident && { incident: { id: incident.id, role: "update" } }),
  };
}

function timelineCard(timeline: TimelineNotification, labels: Labels): Card {
  const { incident, steps, more, acknowledged, account } = timeline;
  const lines = steps.slice(0, MAX_LINES).map((step) => {
    const where = `${placeName(step.account)} ${step.region}`;
    const what = step.what === NO_RESOURCE ? "" : `: ${step.what}`;
    return `${step.time} ${step.eventName} ${step.outcome}${what}, from ${step.sourceIPAddress}, ${where} (${step.detection.severity})`;
  });
  const left = more + steps.length - lines.length;
  return {
    ...common(timeline),
    headline: headlineOf(
      `Incident: ${counted(steps.length + more, "alert")} by ${shortActor(timeline.actor)}`,
      ` in ${placeName(account)}`,
    ),
    title: "Timeline of an incident",
    facts: facts(
      ["Who", withAccountNames(timeline.actor, labels)],
      ["When", `${timeLabel(incident.startedAt, labels)} to ${timeLabel(incident.endedAt, labels)}`],
      ["Acknowledged", acknowledged && `by ${acknowledged.by}, ${acknowledged.at}, through ${acknowledged.through}`],
      ["Account", accountText(account)],
      ["Region", timeline.region],
      ["Incident", incident.id],
    ),
    paragraphs: paragraphs(["Timeline (UTC)", withMore(lines, left, "alert")]),
    detections: [...new Set(steps.map(({ detection }) => detection.id))],
    ...timeOf(incident.endedAt),
    actor: oneLine(timeline.actor, HEADLINE_LENGTH),
    incident: { id: incident.id, role: "update" },
  };
}

function digestCard(digest: DigestNotification, labels: Labels): Card {
  const { detections, unacknowledged, silentAccounts = [], account } = digest;
  const lines = detections.slice(0, MAX_LINES).map(({ title, count, outcomes, actors, otherActors }) => {
    const who = actors.slice(0, 3).map(({ actor, count }) => `${actor} (${count})`);
    const others = actors.length - who.length + (otherActors?.actors ?? 0);
    return `${title}: ${outcomesInWords(outcomes) || count}, by ${[...who, ...(others > 0 ? [`${counted(others, "other")}`] : [])].join(", ")}`;
  });
  const open = unacknowledged
    .slice(0, MAX_LINES)
    .map(({ time, title, actor, incidentId }) => `${time} ${title}, ${actor}, incident ${incidentId}`);
  const missing = unacknowledged.length > 0 ? `${counted(unacknowledged.length, "alert")} not acknowledged, ` : "";
  const quiet = silentAccounts
    .slice(0, MAX_LINES)
    .map(
      ({ account: its, lastLogFile }) =>
        `${accountText(its)}: ${lastLogFile ? `last log file ${lastLogFile}` : "no log file ever"}`,
    );
  const silent = silentAccounts.length > 0 ? `${counted(silentAccounts.length, "account")} silent, ` : "";
  return {
    ...common(digest),
    headline: headlineOf(
      `Digest of ${digest.day}: ${missing}${silent}${counted(digest.count, "event")}`,
      ` in ${placeName(account)}`,
    ),
    title: "Daily digest",
    facts: facts(
      ["Day", digest.day],
      ["Events", String(digest.count)],
      ["Account", accountText(account)],
      ["Region", digest.region],
    ),
    paragraphs: paragraphs(
      ["Not acknowledged", withAccountNames(withMore(open, unacknowledged.length - open.length, "alert"), labels)],
      ["No log files for 24 hours", withMore(quiet, silentAccounts.length - quiet.length, "account")],
      ["By detection", withAccountNames(withMore(lines, detections.length - lines.length, "detection"), labels)],
    ),
    detections: detections.map(({ id }) => id),
  };
}

function rateLimitCard(notice: RateLimitNotification, labels: Labels): Card {
  const { limit, until, account } = notice;
  return {
    ...common(notice),
    headline: headlineOf(`Rate limit reached: ${counted(limit, "alert")} this hour`, ` in ${placeName(account)}`),
    title: "Alerts are rate-limited",
    facts: facts(["Until", timeLabel(until, labels)], ["Account", accountText(account)], ["Region", notice.region]),
    paragraphs: paragraphs([
      "What it means",
      "Critical alerts are still sent. The others follow after the hour, in one summary per detection and caller.",
    ]),
    steps: [
      { text: "Look at this hour's alerts: one caller or one detection often causes most of them.", commands: [] },
      {
        text: "If they are false positives, suppress them or disable the detection. Or raise maxAlertsPerHour.",
        commands: [],
      },
    ],
  };
}

/** What is the same for each kind, and what is empty unless a kind has it. */
function common(notification: Notification) {
  const { id, kind, severity, account, region } = notification;
  return {
    notificationId: id,
    kind,
    severity,
    paragraphs: [],
    steps: [] as Card["steps"],
    links: [] as Card["links"],
    detections: [] as readonly string[],
    account,
    region,
    resources: [] as readonly string[],
    notification,
  };
}

/** The end says where and always fits; the beginning gets the room that is left. */
function headlineOf(beginning: string, end: string): string {
  const last = oneLine(end, 60);
  const space = last === "" ? "" : " ";
  return `${oneLine(beginning, HEADLINE_LENGTH - Array.from(last).length - space.length)}${space}${last}`;
}

function facts(...given: readonly (readonly [string, string | undefined])[]): readonly Fact[] {
  return given.flatMap(([name, value]) => {
    const text = oneLine(value ?? "", FACT_LENGTH);
    return text === "" ? [] : [{ name, value: text }];
  });
}

function paragraphs(...given: readonly (readonly [string, string] | undefined | false)[]): readonly Paragraph[] {
  return given.flatMap((paragraph) => {
    if (!paragraph || paragraph[1] === "") return [];
    return [{ heading: paragraph[0], text: cut(paragraph[1], PARAGRAPH_LENGTH) }];
  });
}

/** Where the partition has no public console, the text says where to look: that is no link. */
function links(...given: readonly (readonly [string, string | undefined])[]): Card["links"] {
  return given.flatMap(([text, url]) => (url?.startsWith("https://") ? [{ text, url }] : []));
}

function withMore(lines: readonly string[], more: number, one: string): string {
  return [
    ...lines.map((line) => oneLine(line, 500)),
    ...(more > 0 ? [`and ${counted(more, `more ${one}`)}`] : []),
  ].join("\n");
}

function callersInWords(actors: SummaryNotification["actors"], others: SummaryNotification["otherActors"]): string {
  const lines = actors
    .slice(0, MAX_LINES)
    .map(({ actor, count, outcomes }) => `${actor}: ${counted(count, "event")}, ${outcomesInWords(outcomes)}`);
  return withMore(lines, actors.length - lines.length + (others?.actors ?? 0), "caller");
}

function outcomesInWords(outcomes: OutcomeCounts): string {
  return Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(", ");
}

function placeName({ id, name }: Account): string {
  return name ?? id;
}

function accountText({ id, name }: Account): string {
  return name === undefined ? id : `${name} (${id})`;
}

function timeInWords(time: string, labels: Labels): string {
  return parseTime(time) === undefined ? time : timeLabel(time, labels);
}

function timeOf(time: string): { readonly time?: number } {
  const milliseconds = parseTime(time);
  return milliseconds === undefined ? {} : { time: milliseconds };
}
