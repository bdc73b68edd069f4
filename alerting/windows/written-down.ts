import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds to wait before each further try. */
const WAITS_MS = [100, 200, 400, 800];

/**
 * Writes down that something has been told: what is not written down is told again, so a call that the SDK has given up is
 * made anew.
 *
 * @throws what the last try threw
 */
export async function writtenDown(write: () => Promise<void>): Promise<void> {
  for (const wait of WAITS_MS) {
    try {
      return await write();
    } catch {
      await delay(wait);
    }
  }
  await write();
}
