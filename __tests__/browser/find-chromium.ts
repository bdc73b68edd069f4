import { spawnSync } from "node:child_process";

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
