import type { Message } from "../../../alerting/messages/message";
import type { Ports } from "../../../alerting/ports";
import type { AlertState } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { unauthorizedDescribe } from "../../detection/events/records";
import { delivery, enable, expectBalanced, LOG_FILE, logFile, run } from "../run-pipeline";

export const MINUTE = 60_000;
const WINDOW_START = Date.parse("2026-11-20T02:00:00Z");
export const WINDOW_END = WINDOW_START + 15 * MINUTE;
export const refusedEc2 = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
export const closeWindows: Message = { id: "t", content: { kind: "task", task: "close-windows" } };
export const sendDigest: Message = { id: "t", content: { kind: "task", task: "send-digest" } };

/** Invocations of the function, one after the other or side by side, that share a store and a clock. */
export class Invocations {
  readonly store: AlertState = new MemoryAlertState();
  /** Milliseconds since 1970; at first within the window of what `refused` makes. */
  now = WINDOW_START + 14 * MINUTE;
  #count = 0;

  /** @param records what the log file holds */
  async invoke(
    messages: readonly Message[],
    records: readonly unknown[] = [],
    ports: Partial<Ports> = {},
    detection = refusedEc2,
  ) {
    const owner = `invocation ${this.#count++}`;
    const lease = () => ({ owner, now: this.now, until: this.now + 120_000 });
    const answer = await run(
      messages,
      { [LOG_FILE]: logFile(...records) },
      { store: this.store, lease, ...ports },
      enable([detection]),
    );
    expectBalanced(answer.tally);
    return { ...answer, told: answer.published.map(({ json }) => json) };
  }

  /** Reads a log file that holds these. */
  read(records: readonly unknown[], ports: Partial<Ports> = {}, detection = refusedEc2) {
    return this.invoke([delivery(LOG_FILE)], records, ports, detection);
  }

  /** Closes the windows that are due. */
  close(ports: Partial<Ports> = {}) {
    return this.invoke([closeWindows], [], ports);
  }
}

/** Refused calls, a second apart, the first after `from` seconds of the window. */
export const refused = (from: number, to: number, overrides: object = {}) =>
  Array.from({ length: to - from }, (_, i) =>
    unauthorizedDescribe({
      eventID: `e${from + i}`,
      eventTime: `2026-11-20T02:${String(Math.floor((from + i) / 60) % 15).padStart(2, "0")}:${String((from + i) % 60).padStart(2, "0")}Z`,
      ...overrides,
    }),
  );
