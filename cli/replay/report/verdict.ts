import { html, type Markup } from "../../cards/markup";
import type { ReplayResult } from "../result/replay-result";
import { alertCount, bySeverity, bytes, counted, number, span } from "./format";

/** The result in a few words. */
export function verdict(result: ReplayResult): Markup {
  const { alerts, detections, asked, files, records } = result;
  const alerting = new Set(alerts.map(({ detection }) => detection)).size;
  const days = span(result);
  const when = days === undefined ? "" : days[0] === days[1] ? ` on ${days[0]}` : ` from ${days[0]} to ${days[1]}`;
  const source = `${counted(records.read, "record")} of ${counted(files.read, "log file")} (${bytes(files.bytes)})`;
  const [heading, sentence] =
    alerts.length > 0
      ? [
          alertCount(alerts),
          `From ${number(alerting)} of ${counted(asked, "detection")}${when} (UTC), ${inIncidents(result)}in ${source}.`,
        ]
      : [
          quietHeading(result),
          `${counted(asked, "detection")} evaluated ${source}: no alert would have been sent.${detections.length > 0 ? " Matches were grouped, counted or suppressed: see below." : ""}`,
        ];
  return html`<p class="eyebrow">trailwarden replay</p>
<h1>${heading}</h1>
<p class="lead">${sentence}</p>
${trouble(result)}`;
}

/** How many callers' stories the alerts make. */
function inIncidents({ incidents }: ReplayResult): string {
  return incidents.length > 0 ? `${counted(incidents.length, "incident")}, ` : "";
}

/** A log file without a record is read as well as any other. */
function quietHeading({ files, records }: ReplayResult): string {
  if (files.read === 0 && records.read === 0) return "Nothing was read";
  const what = records.read === 0 ? "No records" : "No alerts";
  return files.unreadable.length > 0 ? `${what} in what could be read` : what;
}

function trouble({ files, records }: ReplayResult): Markup {
  const parts = [
    ...(files.unreadable.length > 0 ? [`${counted(files.unreadable.length, "file")} could not be read`] : []),
    ...(records.processingErrors > 0 ? [`${counted(records.processingErrors, "record")} could not be processed`] : []),
  ];
  if (parts.length === 0) return html``;
  return html`<p class="notice" role="note"><strong>Incomplete.</strong> ${parts.join(", ")}: <a href="#problems">see which</a>.</p>`;
}

/** How many there are of each severity; with the script, each is a filter too. */
export function severityCounts({ alerts }: ReplayResult): Markup {
  const counts = bySeverity(alerts).map(
    ([severity, count]) =>
      html`<li class="count ${severity}" data-severity="${severity}"><span class="figure">${number(count)}</span> <span class="severity ${severity}">${severity}</span></li>`,
  );
  return html`<ul class="counts" id="severities" aria-label="Alerts by severity">${counts}</ul>`;
}
