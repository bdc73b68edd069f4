import { fromLog, html, type Markup } from "../../cards/markup";
import type { DetectionOutcome, ReplayResult } from "../result/replay-result";
import { byDay, counted, number, OUTCOMES, totals } from "./format";

/** The outcomes of all matches. */
export function outcomeSums({ detections, files, asked }: ReplayResult): Markup {
  const sums = totals(detections.flatMap(({ days }) => days));
  const summaries = detections.reduce((sum, outcome) => sum + outcome.summaries, 0);
  const facts: readonly (readonly [string, number, string])[] = [
    ...OUTCOMES.map(([outcome, heading, meaning]) => [heading, sums[outcome], meaning] as const),
    ["Summaries", summaries, "messages about grouped matches"],
    ["Detections", asked, `evaluated; ${number(detections.length)} matched`],
    ["Skipped", files.leftOut, "files not opened: digests, or outside the given times, regions and accounts"],
  ];
  return html`<dl class="facts">${facts.map(
    ([heading, count, meaning]) =>
      html`<div><dt>${heading}</dt><dd><span class="figure">${number(count)}</span> <span class="meaning">${meaning}</span></dd></div>`,
  )}</dl>`;
}

/** The table that can be read without the script. */
export function detectionsTable({ detections }: ReplayResult): Markup {
  if (detections.length === 0) return html`<p>No detection matched.</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="by-detection-caption"><table class="numbers">
<caption id="by-detection-caption">${counted(detections.length, "detection")} matched</caption>
<thead><tr><th scope="col">Detection</th><th scope="col">Severity</th><th scope="col">Technique</th>${headings()}<th scope="col" class="number">Summaries</th></tr></thead>
<tbody>${detections.map(detectionRow)}</tbody></table></div>`;
}

function headings(): readonly Markup[] {
  return OUTCOMES.map(([, heading]) => html`<th scope="col" class="number">${heading}</th>`);
}

function numbers(sums: ReturnType<typeof totals>): readonly Markup[] {
  return OUTCOMES.map(
    ([outcome]) => html`<td class="number${sums[outcome] === 0 ? " zero" : ""}">${number(sums[outcome])}</td>`,
  );
}

function detectionRow({ detection, title, severity, tier, technique, summaries, days }: DetectionOutcome): Markup {
  return html`<tr><th scope="row">${fromLog(title)} <code>${fromLog(detection)}</code></th><td><span class="severity ${severity}">${severity}</span>${tier === "alert" ? "" : ` (${tier})`}</td><td>${technique === undefined ? "" : fromLog(technique)}</td>${numbers(totals(days))}<td class="number${summaries === 0 ? " zero" : ""}">${number(summaries)}</td></tr>
`;
}

export function daysTable({ detections }: ReplayResult): Markup {
  const days = byDay(detections);
  if (days.length === 0) return html``;
  return html`<section aria-labelledby="by-day"><h2 id="by-day">By day</h2>
<details><summary>${counted(days.length, "day")} with a match (UTC)</summary>
<div class="scroll" tabindex="0" role="group" aria-labelledby="by-day"><table class="numbers"><thead><tr><th scope="col">Day</th>${headings()}</tr></thead>
<tbody>${days.map(([day, outcomes]) => html`<tr><th scope="row">${fromLog(day)}</th>${numbers(totals(outcomes))}</tr>\n`)}</tbody></table></div></details></section>`;
}

export function suppressionsTable({ suppressions }: ReplayResult): Markup {
  if (suppressions.length === 0) return html``;
  return html`<section aria-labelledby="suppressed"><h2 id="suppressed">Suppressed</h2>
<div class="scroll" tabindex="0" role="group" aria-labelledby="suppressed"><table class="numbers"><thead><tr><th scope="col">Suppression</th><th scope="col">Reason</th><th scope="col" class="number">Matches</th></tr></thead>
<tbody>${suppressions.map(({ id, reason, matches }) => html`<tr><th scope="row"><code>${fromLog(id)}</code></th><td>${fromLog(reason)}</td><td class="number">${number(matches)}</td></tr>\n`)}</tbody></table></div></section>`;
}
