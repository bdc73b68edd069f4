import { expect } from "@jest/globals";
import type { Message } from "../../alerting/messages/message";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import { enable, expectBalanced, LOG_FILE, logFile, run } from "./run-pipeline";
import { WatchedAlertState } from "./watched-alert-state";

export const trailStopped = catalogue.find(({ id }) => id === "trail-stopped") as Detection;
export const CRITICAL: readonly Detection[] = [
  trailStopped,
  { ...trailStopped, id: "by-source", group: { by: ["eventSource"], minutes: 60 } },
  { ...trailStopped, id: "log-only", path: "log" },
];
export const OTHERS: readonly Detection[] = [
  { ...trailStopped, id: "high", severity: "high" },
  { ...trailStopped, id: "high-by-source", severity: "high", group: { by: ["eventSource"] } },
];
export const enabled = enable([...CRITICAL, ...OTHERS]);
export const closeWindows: Message = { id: "t", content: { kind: "task", task: "close-windows" } };

/** Invocations that share a store, each with what it published. */
export class Deployed {
  readonly #store = new WatchedAlertState();
  #invocations = 0;

  /** Which matches have alerted, as `detection event`: in an alert of their own, or named in another of the event. */
  get alerted(): readonly string[] {
    return this.#store.alerted;
  }

  async invoke(messages: readonly Message[], file: readonly unknown[], now: string, detections = enabled) {
    const owner = `invocation ${this.#invocations++}`;
    const at = Date.parse(now);
    const { published, failures, tally } = await run(
      messages,
      { [LOG_FILE]: logFile(...file) },
      {
        store: this.#store,
        lease: () => ({ owner, now: at, until: at + 120_000 }),
        maxAlertsPerHour: 1_000_000,
        archive: "the-archive/AWSLogs",
      },
      detections,
    );
    expectBalanced(tally);
    expect(failures.every((failure) => failure === undefined)).toBe(true);
    return published;
  }
}
