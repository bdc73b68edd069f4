import { spawnSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** No Chromium or Chrome was found. */
export class NoBrowser extends Error {
  override readonly name = "NoBrowser";
}

/**
 * The Chromium or Chrome that `CHROMIUM_PATH` names, else the first on the PATH.
 *
 * @throws NoBrowser if there is none
 */
export function findChromium({ CHROMIUM_PATH, PATH }: NodeJS.ProcessEnv): string {
  for (const name of CHROMIUM_PATH ? [CHROMIUM_PATH] : NAMES) {
    const { status, stdout } = spawnSync("/bin/sh", ["-c", 'command -v "$0"', name], {
      env: { PATH },
      encoding: "utf8",
    });
    if (status === 0) return stdout.trim();
  }
  throw new NoBrowser(
    CHROMIUM_PATH
      ? `CHROMIUM_PATH is ${JSON.stringify(CHROMIUM_PATH)}, which is no program`
      : `none of ${NAMES.join(", ")} is on the PATH: install one (Debian: apt-get install chromium), or say where it is in CHROMIUM_PATH`,
  );
}

/** Starts it without a window, in a new profile that is deleted with it. It asks nobody for anything of its own accord. */
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
