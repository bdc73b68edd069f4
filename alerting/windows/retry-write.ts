import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds to wait before each further try. */
const WAITS_MS = [100, 200, 400, 800];

/**
 * Writes that something has been sent: what is not written is sent again, so a call that the SDK has given up is made anew.
 *
 * @throws what the last try threw
 */
export async function retryWrite(write: () => Promise<void>): Promise<void> {
  for (const wait of WAITS_MS) {
    try {
      return await write();
    } catch {
      await delay(wait);
    }
  }
  await write();
}
