import { counted } from "../../detection/events/text";
import { forEachConcurrent } from "../for-each-concurrent";
import { type DigestEntry, digestNotice } from "../notices/digest";
import type { Ports } from "../ports";
import { type ErrorFields, errorFields } from "../processing-error";
import type { Tally } from "../tally";
import { retryWrite } from "../windows/retry-write";
import { totalsOf } from "./close-windows";

/** Milliseconds that are kept for publishing the digest and closing its windows. */
const TIME_FOR_THE_DIGEST_MS = 60_000;
const WINDOWS_AT_ONCE = 10;

/**
 * Reports in one notice everything of tier `digest` whose day is over. Nothing to report: no notice. A window that can't be read keeps no
 * other from being reported.
 *
 * @returns why, when something could not be reported or closed; it stays due
 */
export async function sendDigest(ports: Ports, tally: Tally): Promise<string | undefined> {
  let failure: string | undefined;
  const fail = (fields: ErrorFields, window?: string): void => {
    failure = fields.reason;
    tally.notices.failed++;
    ports.log.processingError("digest can't be sent", { window, ...fields });
  };
  const entries: DigestEntry[] = [];
  let postponed = 0;
  try {
    await forEachConcurrent(ports.store.dueWindows("digest", ports.lease().now), WINDOWS_AT_ONCE, async (id) => {
      if (ports.remainingMs() < TIME_FOR_THE_DIGEST_MS) {
        postponed++;
        return;
      }
      try {
        const window = await ports.store.leaseClosing(id, ports.lease());
        if (window) entries.push({ window, totals: await totalsOf(id, ports.store) });
      } catch (error) {
        fail(errorFields(error), id);
      }
    });
  } catch (error) {
    // The windows that are due could not be listed, or not all of them.
    fail(errorFields(error));
  }
  // The next round is a day away.
  if (postponed > 0) fail({ reason: `no time left for ${counted(postponed, "window")}` });
  try {
    const unreported = entries.filter(({ window, totals }) => totals.count > window.reported);
    if (unreported.length > 0) {
      await ports.publish(digestNotice(unreported, ports.account, ports.region, ports.labels));
      tally.notices.digests++;
    }
    await forEachConcurrent(entries, WINDOWS_AT_ONCE, ({ window, totals }) =>
      retryWrite(() => ports.store.close(window, totals.count)),
    );
  } catch (error) {
    fail(errorFields(error));
  }
  return failure;
}
