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

const CHECKS: readonly (readonly [title: string, checks: readonly Check[]])[] = [
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
  let failed = 0;
  let passed = 0;
  try {
    for (const [title, checks] of CHECKS) {
      const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some((text) => name.includes(text)));
      if (chosen.length > 0) console.log(title);
      for (const check of chosen) {
        if (await holds(check, reports)) passed++;
        else failed++;
      }
    }
  } finally {
    await reports.end();
    await browser.close();
  }
  console.log(`${passed} checks hold${failed > 0 ? `, ${failed} don't` : ""}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

async function holds({ name, run }: Check, reports: Reports): Promise<boolean> {
  try {
    await run(reports);
    if (reports.complaints.length > 0) throw new Error(`a page\n${reports.complaints.slice(0, 10).join("\n")}`);
    console.log(`  ✓ ${name}`);
    return true;
  } catch (error) {
    const lines = String(error instanceof Error ? error.message : error).split("\n");
    console.log(`  ✗ ${name}\n${lines.map((line) => `      ${line}`).join("\n")}`);
    return false;
  } finally {
    await reports.closeAll();
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  },
);
