import { runChecks, type Section } from "../../tools/harness/run-checks";
import { exitWith } from "../../tools/harness/run-program";
import type { Check } from "./check";
import { ACCESSIBILITY } from "./checks/accessibility";
import { APPEARANCE } from "./checks/appearance";
import { CONTENT } from "./checks/content";
import { FILTERS } from "./checks/filters";
import { INJECTION } from "./checks/injection";
import { KEYBOARD } from "./checks/keyboard";
import { SIZE } from "./checks/size";
import { startChromium } from "./chromium";
import { findChromium } from "./find-chromium";
import { Reports } from "./reports";

const CHECKS: readonly Section<Check>[] = [
  ["Content", CONTENT],
  ["Filters", FILTERS],
  ["Keyboard", KEYBOARD],
  ["Appearance", APPEARANCE],
  ["Accessibility", ACCESSIBILITY],
  ["Injection", INJECTION],
  ["Size", SIZE],
];

/** @param wanted texts, one of which a check's name must hold; none: all checks */
async function main(wanted: readonly string[]): Promise<number> {
  const browser = await startChromium(findChromium(process.env));
  console.log(`Chromium ${browser.version()}`);
  const reports = new Reports(browser);
  try {
    return await runChecks(CHECKS, wanted, (check) => hold(check, reports));
  } finally {
    await reports.end();
    await browser.close();
  }
}

async function hold({ run }: Check, reports: Reports): Promise<void> {
  try {
    await run(reports);
    if (reports.complaints.length > 0) throw new Error(`a page\n${reports.complaints.slice(0, 10).join("\n")}`);
  } finally {
    await reports.closeAll();
  }
}

exitWith(main(process.argv.slice(2)));
