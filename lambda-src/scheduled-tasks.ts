import { closeWindows } from "./close/close-windows";
import { sendDigest } from "./close/send-digest";
import type { Ports } from "./ports";
import type { Task } from "./read/message";
import type { Tally } from "./tally";

/**
 * Does what a schedule asks for.
 *
 * @returns why, when it must come again
 */
export function performTask(task: Task["task"], ports: Ports, tally: Tally): Promise<string | undefined> {
  return task === "close-windows" ? closeWindows(ports, tally) : sendDigest(ports, tally);
}
