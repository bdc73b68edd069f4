import { atOnce } from "../at-once";
import type { Ports } from "../ports";
import { type DigestEntry, digestNotice } from "../publish/digest";
import { reasonOf } from "../publish/text";
import type { Tally } from "../tally";
import { totalsOf } from "./close-windows";

/** Milliseconds that are kept for publishing the digest and closing its windows. */
const TIME_FOR_THE_DIGEST_MS = 60_000;
const WINDOWS_AT_ONCE = 10;

/**
 * Tells in one notice of everything of tier `digest` whose day is over. Nothing to tell: no notice.
 *
 * @returns why, when it could not be sent; it stays due
 */
export async function sendDigest(ports: Ports, tally: Tally): Promise<string | undefined> {
  try {
    const entries: DigestEntry[] = [];
    await atOnce(ports.store.dueWindows("digest", ports.lease().now), WINDOWS_AT_ONCE, async (id) => {
      if (ports.remainingMs() < TIME_FOR_THE_DIGEST_MS) return;
      const window = await ports.store.leaseClosing(id, ports.lease());
      if (window) entries.push({ window, totals: await totalsOf(id, ports.store) });
    });
    const news = entries.filter(({ window, totals }) => totals.count > window.told);
    if (news.length > 0) {
      await ports.publish(digestNotice(news, ports.account, ports.region));
      tally.notices.digests++;
    }
    await atOnce(entries, WINDOWS_AT_ONCE, ({ window, totals }) => ports.store.close(window, totals.count));
    return undefined;
  } catch (error) {
    const reason = reasonOf(error);
    tally.notices.failed++;
    ports.log.finding("digest can't be sent", { reason });
    return reason;
  }
}
