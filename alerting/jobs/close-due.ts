import { forEachConcurrent } from "../for-each-concurrent";
import type { Ports } from "../ports";
import { errorFields } from "../processing-error";
import type { Tally } from "../tally";
import type { ClosingWindow } from "../windows/alert-state";
import type { WindowKind } from "../windows/window";

/** Nothing is begun with less time left, in milliseconds: the next round goes on with what is left. */
const TIME_FOR_A_WINDOW_MS = 20_000;
const WINDOWS_AT_ONCE = 10;

/**
 * Closes the open windows of a kind that are due. One that fails keeps no other from being closed.
 *
 * @param close publishes what there is to say, and closes the window
 * @returns why, when one could not be closed; it stays due
 */
export async function closeDue(
  kind: WindowKind,
  ports: Ports,
  tally: Tally,
  close: (window: ClosingWindow) => Promise<void>,
): Promise<string | undefined> {
  let failure: string | undefined;
  const fail = (error: unknown, id?: string): void => {
    const fields = errorFields(error);
    failure = fields.reason;
    tally.notices.failed++;
    const what = kind === "incident" ? "incident" : "window";
    ports.log.processingError(`${what} can't be closed`, { window: id, ...fields });
  };
  try {
    await forEachConcurrent(ports.store.dueWindows(kind, ports.lease().now), WINDOWS_AT_ONCE, async (id) => {
      if (ports.remainingMs() < TIME_FOR_A_WINDOW_MS) return;
      try {
        const window = await ports.store.leaseClosing(id, ports.lease());
        if (window) await close(window);
      } catch (error) {
        fail(error, id);
      }
    });
  } catch (error) {
    // The windows that are due could not be listed, or not all of them.
    fail(error);
  }
  return failure;
}
