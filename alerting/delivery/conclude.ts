import { type DeadLetterPorts, moveToDeadLetterQueue } from "../messages/dead-letters";
import { errorFields } from "../processing-error";
import { retryWrite } from "../windows/retry-write";
import type { DeliveryMessage } from "./delivery-message";
import type { DeliveryPorts } from "./delivery-ports";
import { type Disposition, givenUpPlace } from "./process-deliveries";

export interface ConcludePorts extends Pick<DeliveryPorts, "state" | "log" | "scrubber" | "tally" | "lease"> {
  readonly deadLetters: DeadLetterPorts;
  /** Hides a message in its queue for so many seconds. */
  readonly hide: (receiptHandle: string, seconds: number) => Promise<void>;
}

/**
 * How long a message is tried, in milliseconds. A day less than the queue keeps it: what the queue drops is in no dead letters.
 */
export const TRIED_MS = 3 * 24 * 3_600_000;
/** Seconds that a message is hidden which should be in the dead letters, and could not be put there. */
const NOT_MOVED_SECONDS = 60;

/**
 * Puts into the dead letters what was refused, or has failed at its last try, and hides what comes again for as long as it is to wait.
 *
 * @returns what comes again, with why
 */
export async function conclude(
  dispositions: readonly Disposition[],
  ports: ConcludePorts,
): Promise<readonly { readonly id: string | undefined; readonly reason: string }[]> {
  const failures: { readonly id: string | undefined; readonly reason: string }[] = [];
  for (const disposition of dispositions) {
    const again = await comesAgain(disposition, ports);
    const { messages } = ports.tally;
    if (again) failures.push({ id: disposition.message.queued?.id, reason: again });
    if (again) messages.retried++;
    else if (disposition.dead || disposition.again) messages.deadLettered++;
    else messages.handled++;
  }
  return failures;
}

/** @returns why, if it does */
async function comesAgain({ message, dead, again }: Disposition, ports: ConcludePorts): Promise<string | undefined> {
  const { queued, content } = message;
  if (!queued) return dead?.reason ?? again?.reason;
  const isMoved = dead !== undefined && (await moved(message, dead.reason, 0, ports));
  if (isMoved && content.kind === "card") {
    const places = dead.channels.map((channel) => givenUpPlace(channel, content.card, queued.id));
    for (const place of places) await noteGivenUp(() => ports.state.confirm(place), ports);
  }
  const { reason, seconds } = again ?? { reason: isMoved ? undefined : dead?.reason, seconds: NOT_MOVED_SECONDS };
  if (reason === undefined) return undefined;
  const isOld = ports.lease().now - queued.sentAt >= TRIED_MS;
  const maxReceives = isOld ? 0 : ports.deadLetters.maxReceives;
  if (again && (await moved(message, again.reason, maxReceives, ports))) return undefined;
  try {
    await ports.hide(queued.receiptHandle, seconds);
  } catch (error) {
    // It comes again after the queue's own time.
    ports.log.processingError("message can't be hidden", { messageId: queued.id, ...errorFields(error) });
  }
  return reason;
}

/** @param maxReceives from how many on it is moved */
async function moved(
  message: DeliveryMessage,
  reason: string,
  maxReceives: number,
  ports: ConcludePorts,
): Promise<boolean> {
  const messageId = message.queued?.id;
  const clean = ports.scrubber.text(reason);
  try {
    const deadLetters = { ...ports.deadLetters, maxReceives };
    if (!(await moveToDeadLetterQueue(message.queued?.origin, clean, deadLetters))) return false;
    ports.log.processingError("message moved to the dead letters", { messageId, reason: clean });
    return true;
  } catch (error) {
    ports.log.processingError("message can't be moved to the dead letters", { messageId, ...errorFields(error) });
    return false;
  }
}

/** Without it the next receipt of the same message sends it to the dead letters again, which does no harm. */
async function noteGivenUp(write: () => Promise<void>, ports: ConcludePorts): Promise<void> {
  try {
    await retryWrite(write);
  } catch (error) {
    ports.log.processingError("dead letter can't be put down", { ...errorFields(error) });
  }
}
