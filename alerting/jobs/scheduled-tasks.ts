import type { Task } from "../messages/message";
import type { Ports } from "../ports";
import { errorFields } from "../processing-error";
import type { Tally } from "../tally";
import { closeIncidents } from "./close-incidents";
import { closeWindows } from "./close-windows";
import { sendDigest } from "./send-digest";

/**
 * Does what a schedule asks for.
 *
 * @returns why, when it must come again
 */
export async function performTask(task: Task["task"], ports: Ports, tally: Tally): Promise<string | undefined> {
  if (task === "send-digest") return sendDigest(ports, tally);
  // From the first time on: what a log file brings of before, no rule could have brought.
  await ports.reach?.state.watchedSince(ports.lease().now).catch((error: unknown) => {
    ports.log.info("rules and forwarders can't be noted", errorFields(error));
  });
  const reasons = [await closeWindows(ports, tally), await closeIncidents(ports, tally)];
  return reasons.find((reason) => reason !== undefined);
}
