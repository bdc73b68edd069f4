import { logFileSender } from "../../detection/log-files/log-file-sender";
import type { ReachState } from "./reach-state";

const HOUR_MS = 3_600_000;

/**
 * Notes which accounts send log files: at most one write an account and hour of their time, for as long as it lives.
 *
 * @returns what notes the log file of a key. It never rejects, since the log file has been read; `failed` is called instead
 */
export function logFileNotes(
  state: Pick<ReachState, "sent">,
  now: () => number,
): (key: string, failed: (error: unknown) => void) => Promise<void> {
  /** The newest hour that is noted, by account. */
  const noted = new Map<string, number>();
  return async (key, failed) => {
    const sender = logFileSender(key);
    // One of the future would hide an account's silence until then.
    if (!sender || sender.at > now() + HOUR_MS) return;
    const hour = Math.floor(sender.at / HOUR_MS);
    const before = noted.get(sender.account);
    if (before !== undefined && before >= hour) return;
    noted.set(sender.account, hour);
    try {
      await state.sent(sender, now());
    } catch (error) {
      if (before === undefined) noted.delete(sender.account);
      else noted.set(sender.account, before);
      // The next log file of the account is noted instead.
      failed(error);
    }
  };
}
