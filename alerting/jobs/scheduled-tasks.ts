import type { Task } from "../messages/message";
import type { Ports } from "../ports";
import type { Tally } from "../tally";
import { closeWindows } from "./close-windows";
import { sendDigest } from "./send-digest";

/**
 * Does what a schedule asks for.
 *
 * @returns why, when it must come again
 */
export function performTask(task: Task["task"], ports: Ports, tally: Tally): Promise<string | undefined> {
  return task === "close-windows" ? closeWindows(ports, tally) : sendDigest(ports, tally);
}
