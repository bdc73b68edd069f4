import { type Browser, chromium } from "playwright-core";

/** Starts Chromium without a window, in a new profile that is deleted with it. It asks nobody for anything of its own accord. */
export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Its sandbox refuses to work for root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
