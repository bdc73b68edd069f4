import type { Message } from "../../alerting/messages/message";
import type { Notice } from "../../alerting/notices/notice";
import type { AlertNotification } from "../../alerting/notification/notification";
import type { Ports } from "../../alerting/ports";
import type { AlertState } from "../../alerting/windows/alert-state";
import type { Detection } from "../../detection/definition/detection";
import type { Suppression } from "../../detection/suppressions/suppression";
import { shortId } from "./own-account";
import { enable, enableAll, expectBalanced, LOG_FILE, logFile, run } from "./run-pipeline";
import { WatchedAlertState } from "./watched-alert-state";

/** Where an invocation is killed: at its nth step (a call of the store, or a publish), before or after that is done. */
export interface Death {
  readonly step: number;
  readonly after: boolean;
}

export interface Sent {
  /** Id of the call. */
  readonly event: string;
  readonly detection: string;
  readonly severity: string;
  readonly also: readonly string[];
}

const STEPS = ["windowOfCall", "openWindow", "claim", "look", "confirm", "record", "addToSet"] as const;

/** A confirmation is tried again, and a look that fails lets two alerts out rather than none: both have tests of their own. */
const NO_FAULTS: readonly string[] = ["confirm", "look"];

/** Invocations of the function that share a table, a topic and a clock, and may be killed at any step. */
export class MortalInvocations {
  readonly store = new WatchedAlertState();
  readonly sent: Sent[] = [];
  /** Events that alerted where no invocation came to write it down, once for each time. */
  readonly lostAnswers: string[] = [];
  /** Calls of which the store did not say where they are, once for each time: two alerts are better than none. */
  readonly unasked: string[] = [];
  now = Date.parse("2026-11-20T02:20:00Z");
  /** Steps of all invocations, by number, that are refused, or whose answer is lost once they are done. */
  faultAt: (step: number) => "refused" | "lost" | "none" = () => "none";
  #steps = 0;
  #count = 0;

  constructor(
    private readonly detections: readonly Detection[],
    private readonly suppressions: readonly Suppression[] = [],
    /** Called before each step. */
    private readonly pause: () => Promise<void> = async () => {},
  ) {}

  /** @returns undefined where it was killed */
  async invoke(
    messages: readonly Message[],
    records: readonly unknown[] = [],
    death: Death = { step: Number.POSITIVE_INFINITY, after: false },
    ports: Partial<Ports> = {},
  ) {
    const owner = `invocation ${this.#count++}`;
    let steps = 0;
    let kill = (): void => {};
    const killed = new Promise<undefined>((resolve) => {
      kill = () => resolve(undefined);
    });
    const never = new Promise<never>(() => {});
    const unwritten = new Set<string>();
    const step = async <T>(work: () => Promise<T>, fault = this.faultAt(++this.#steps)): Promise<T> => {
      const number = ++steps;
      await this.pause();
      if (number > death.step) return never;
      if (number === death.step && !death.after) kill();
      else {
        if (fault === "refused") throw new Error("throttled");
        const answer = await work();
        if (number !== death.step && fault === "lost") throw new Error("the answer is lost");
        if (number !== death.step) return answer;
        kill();
      }
      return never;
    };
    const store: AlertState = new Proxy(this.store, {
      get: (target, name: keyof AlertState) => {
        const method = target[name].bind(target) as (...given: readonly unknown[]) => Promise<unknown>;
        if (!STEPS.some((one) => one === name)) return method;
        const call = async (...given: readonly unknown[]) => {
          const answer = await method(...given);
          if (name === "confirm") unwritten.delete(this.store.alerted.at(-1)?.split(" ")[1] ?? "");
          return answer;
        };
        if (NO_FAULTS.includes(name)) return (...given: readonly unknown[]) => step(() => call(...given), "none");
        return async (...given: readonly unknown[]) => {
          try {
            return await step(() => call(...given));
          } catch (error) {
            if (name === "windowOfCall") this.unasked.push(shortId(String(given[0]).replace(/^[^#]*#/, "")));
            throw error;
          }
        };
      },
    });
    const publish = async (notice: Notice) => {
      let sent: Sent | undefined;
      try {
        await step(async () => {
          if (notice.json.kind !== "alert") return;
          sent = sentBy(notice.json);
          this.sent.push(sent);
          unwritten.add(sent.event);
        });
      } catch (error) {
        if (sent) this.lostAnswers.push(sent.event);
        if (sent) unwritten.delete(sent.event);
        throw error;
      }
    };
    const lease = () => ({ owner, now: this.now, until: this.now + 120_000 });
    const running = run(
      messages,
      { [LOG_FILE]: logFile(...records) },
      { lease, ...ports, store, publish },
      enable(this.detections),
      enableAll(this.suppressions, this.detections),
    );
    const answer = await Promise.race([killed, running]);
    if (answer) expectBalanced(answer.tally);
    this.lostAnswers.push(...unwritten);
    return answer;
  }
}

function sentBy({ id, detection, severity, alsoMatched }: AlertNotification): Sent {
  return {
    event: shortId(id.slice(detection.id.length + 1)),
    detection: detection.id,
    severity,
    also: alsoMatched.map(({ id }) => id),
  };
}
