import { basename } from "node:path/posix";
import { dayOf } from "../result/day";
import type { DetectionOutcome, ReplayAlert, ReplayResult } from "../result/replay-result";
import { daysOf, grandTotals, type Totals, totalsOf } from "../result/totals";
import { columns } from "./columns";
import { counted, number } from "./number";
import type { Paint } from "./paint";
import { problemLines } from "./problems";

/** Days that stand beside each other. */
const DAYS_IN_A_TABLE = 10;

/** Alerts of one detection that are listed one by one for a day. */
const SHOWN_OF_A_KIND = 50;

/** What a replay found, for people: alerts, then the outcomes of all matches. A line each. */
export function* textLines(result: ReplayResult, paint: Paint): Generator<string> {
  yield* alertLines(result.alerts, paint);
  yield* tableOfDays(result.detections, paint);
  yield* tableOfOutcomes(result, paint);
  yield* suppressionLines(result, paint);
  yield* problemLines(result);
  yield* alertedLine(result);
  yield summaryLine(result);
}

function* alertLines(alerts: readonly ReplayAlert[], paint: Paint): Generator<string> {
  const days = new Map<string, ReplayAlert[]>();
  for (const alert of alerts) {
    const day = dayOf(alert.eventTime);
    const its = days.get(day);
    if (its) its.push(alert);
    else days.set(day, [alert]);
  }
  for (const [day, its] of days) {
    yield paint.heading(day);
    yield* alertLinesOf(
      its.filter(({ tier }) => tier !== "digest"),
      paint,
    );
    yield* digestLines(
      its.filter(({ tier }) => tier === "digest"),
      paint,
    );
    yield "";
  }
}

/** A thousand of one kind are too many to read: of what is more than that, only the number. */
function* alertLinesOf(alerts: readonly ReplayAlert[], paint: Paint): Generator<string> {
  const kinds = new Map<string, number>();
  for (const alert of alerts) {
    const place = (kinds.get(alert.detection) ?? 0) + 1;
    kinds.set(alert.detection, place);
    if (place <= SHOWN_OF_A_KIND) yield* linesOf(alert, paint);
  }
  for (const [detection, count] of kinds) {
    if (count > SHOWN_OF_A_KIND)
      yield `            and ${number(count - SHOWN_OF_A_KIND)} more of ${paint.aside(detection)}`;
  }
  if ([...kinds.values()].some((count) => count > SHOWN_OF_A_KIND)) {
    yield "            (all of them: --format json or html; fewer: --detection, --from, --to)";
  }
}

function* linesOf(alert: ReplayAlert, paint: Paint): Generator<string> {
  const { severity, detection, title, eventName, actor, account, region, sourceIPAddress, file } = alert;
  const { alsoMatched, incident } = alert;
  const time = /T(\d\d:\d\d:\d\d)/.exec(alert.eventTime)?.[1] ?? "        ";
  const failed = failedWith(alert);
  const update = incident?.role === "update" ? `update ${incident.number}: ` : "";
  const ids = [detection, ...alsoMatched].join(", ");
  yield `  ${time}  ${paint.severity(severity, severity.toUpperCase().padEnd(8))}  ${update}${title}: ${eventName}${failed}  ${paint.aside(ids)}`;
  yield `            ${actor}, from ${sourceIPAddress}, in ${account} ${region}  ${paint.aside(basename(file))}`;
}

/** The code says enough here; its message may be long. */
function failedWith({ outcome, errorCode }: ReplayAlert): string {
  if (outcome === "succeeded" || outcome === "unknown") return "";
  return errorCode === "" ? ` (${outcome})` : ` (${outcome}: ${errorCode})`;
}

/** The digest has a line for each detection and actor, so this has. */
function* digestLines(alerts: readonly ReplayAlert[], paint: Paint): Generator<string> {
  const entries = new Map<string, ReplayAlert[]>();
  for (const alert of alerts) {
    const key = `${alert.detection} ${alert.actor}`;
    const entry = entries.get(key);
    if (entry) entry.push(alert);
    else entries.set(key, [alert]);
  }
  for (const [{ severity, detection, title, actor }, ...others] of entries.values() as Iterable<
    [ReplayAlert, ...ReplayAlert[]]
  >) {
    yield `  digest    ${paint.severity(severity, severity.toUpperCase().padEnd(8))}  ${title} ×${others.length + 1}  ${paint.aside(detection)}`;
    yield `            ${actor}`;
  }
}

/** Alerts per detection and day, those of a digest in parentheses. */
function* tableOfDays(detections: readonly DetectionOutcome[], paint: Paint): Generator<string> {
  const alerting = detections
    .map((detection) => ({ ...detection, days: detection.days.filter((day) => day.alerts + day.digested > 0) }))
    .filter(({ days }) => days.length > 0);
  const days = daysOf(alerting);
  for (let first = 0; first < days.length; first += DAYS_IN_A_TABLE) {
    const shown = days.slice(first, first + DAYS_IN_A_TABLE);
    const rows = alerting
      .filter((detection) => detection.days.some(({ day }) => shown.includes(day)))
      .map(({ detection, severity, days: its }) => [
        paint.severity(severity, severity),
        detection,
        ...shown.map((day) => {
          const { alerts = 0, digested = 0 } = its.find((each) => each.day === day) ?? {};
          return digested > 0 ? `(${digested})` : alerts > 0 ? String(alerts) : "";
        }),
      ]);
    yield paint.heading("Alerts per detection and day (in parentheses: events in the daily digest)");
    yield* columns([["severity", "detection", ...shown], ...rows], 2);
    yield "";
  }
}

/** Each with its column's heading. */
const OUTCOMES = [
  ["matches", "matches"],
  ["alerts", "alerts"],
  ["merged", "merged"],
  ["summaries", "summaries"],
  ["grouped", "grouped"],
  ["counted", "counted"],
  ["digested", "digest"],
  ["suppressed", "suppressed"],
  ["duplicates", "duplicates"],
] as const satisfies readonly (readonly [keyof Totals, string])[];

function* tableOfOutcomes({ detections, asked }: ReplayResult, paint: Paint): Generator<string> {
  if (detections.length === 0) return;
  yield paint.heading(`Match outcomes (${detections.length} of ${asked} detections matched)`);
  const cells = (totals: ReturnType<typeof totalsOf>) =>
    OUTCOMES.map(([outcome]) => (totals[outcome] === 0 ? "" : String(totals[outcome])));
  const rows = detections.map((outcome) => [
    paint.severity(outcome.severity, outcome.severity),
    outcome.detection,
    ...cells(totalsOf(outcome)),
  ]);
  yield* columns(
    [
      ["severity", "detection", ...OUTCOMES.map(([, heading]) => heading)],
      ...rows,
      ["", "all", ...cells(grandTotals({ detections }))],
    ],
    2,
  );
  yield "";
}

function* suppressionLines({ suppressions }: ReplayResult, paint: Paint): Generator<string> {
  if (suppressions.length === 0) return;
  yield paint.heading("Suppressed");
  yield* columns(
    suppressions.map(({ id, reason, matches }) => [`  ${id}`, number(matches), reason]),
    3,
  );
  yield "";
}

/** What a person gets an alert of, as its lead or beneath it: one alert per event must not make it less. */
function* alertedLine({ detections }: ReplayResult): Generator<string> {
  const alerted = detections.filter(
    ({ tier, days }) => tier === "alert" && days.some(({ alerts, merged }) => alerts + merged > 0),
  );
  if (alerted.length === 0) return;
  const techniques = new Set(alerted.flatMap(({ technique }) => technique ?? []));
  yield `${counted(alerted.length, "detection")} alerted, of ${counted(techniques.size, "ATT&CK technique")}.`;
}

function summaryLine(result: ReplayResult): string {
  const { files, records } = result;
  const { alerts, summaries, digested, suppressed } = grandTotals(result);
  const apart = [
    files.unreadable.length > 0 ? `${number(files.unreadable.length)} unreadable` : "",
    files.leftOut > 0 ? `${number(files.leftOut)} skipped` : "",
    records.processingErrors > 0 ? counted(records.processingErrors, "processing error") : "",
  ].filter((part) => part !== "");
  return [
    `${counted(records.read, "record")} in ${counted(files.read + files.unreadable.length, "file")}`,
    `${apart.length > 0 ? ` (${apart.join(", ")})` : ""}: `,
    `${counted(alerts, "alert")}${incidentsInWords(result)}, ${summaries === 1 ? "1 summary" : `${number(summaries)} summaries`}, `,
    timelinesInWords(result),
    `${counted(digested, "event")} in digests, ${number(suppressed)} suppressed.`,
  ].join("");
}

/** How many alerts are news, and how many updates of what is known. */
function incidentsInWords({ alerts, incidents }: ReplayResult): string {
  const updates = alerts.filter(({ incident }) => incident?.role === "update").length;
  if (updates === 0) return "";
  const rises = alerts.filter(({ incident }) => incident?.role === "rises");
  const succeeded = rises.filter(({ incident }) => incident?.nowSucceeded).length;
  const rising = [
    rises.length > succeeded ? `, ${number(rises.length - succeeded)} more severe later` : "",
    succeeded > 0 ? `, ${number(succeeded)} succeeded after attempts` : "",
  ].join("");
  return ` (${counted(incidents.length, "incident")}${rising}, ${counted(updates, "update")})`;
}

/** One closes each incident of more than one alert. */
function timelinesInWords({ incidents }: ReplayResult): string {
  const timelines = incidents.filter(({ alerts }) => alerts > 1).length;
  return timelines === 0 ? "" : `${counted(timelines, "timeline")}, `;
}
