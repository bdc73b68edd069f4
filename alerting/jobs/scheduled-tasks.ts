import type { Task } from "../messages/message";
import type { Ports } from "../ports";
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
  const reasons = [await closeWindows(ports, tally), await closeIncidents(ports, tally)];
  return reasons.find((reason) => reason !== undefined);
}
