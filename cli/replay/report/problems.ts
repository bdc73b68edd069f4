import { fromLog, html, type Markup } from "../../cards/markup";
import type { ReplayProblem, ReplayResult } from "../result/replay-result";
import { counted, number } from "./format";

/** Enough to see what is wrong; beyond it a page would only grow. */
const SHOWN = 200;

/** What could not be read or processed, and is therefore in no number of the page. */
export function problems({ files, records }: ReplayResult): Markup {
  const lists = [
    ...(files.unreadable.length > 0
      ? [
          problemList(
            `${counted(files.unreadable.length, "file")} could not be read`,
            files.unreadable,
            files.unreadable.length,
          ),
        ]
      : []),
    ...(records.processingErrors > 0
      ? [
          problemList(
            `${counted(records.processingErrors, "record")} could not be processed`,
            records.firstProcessingErrors,
            records.processingErrors,
          ),
        ]
      : []),
  ];
  if (lists.length === 0) return html``;
  return html`<section id="problems" class="problems" tabindex="-1" aria-labelledby="problems-heading"><h2 id="problems-heading">Errors: not in these numbers</h2>${lists}</section>`;
}

function problemList(heading: string, entries: readonly ReplayProblem[], all: number): Markup {
  const shown = entries.slice(0, SHOWN);
  const rest = all - shown.length;
  return html`<details open><summary>${heading}</summary><ul>${shown.map(
    ({ file, reason }) => html`<li><code>${fromLog(file)}</code> <span class="reason">${fromLog(reason)}</span></li>\n`,
  )}</ul>${rest > 0 ? html`<p>and ${number(rest)} more</p>` : html``}</details>`;
}
