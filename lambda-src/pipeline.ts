import { Decider, type Path } from "./decide/decider";
import type { EnabledDetections } from "./decide/enabled-detections";
import { matchedDetections } from "./decide/matched-detections";
import { hasRule } from "./detections/detection";
import type { Log } from "./log";
import { type Alert, buildAlert } from "./publish/alert";
import { oneLine } from "./publish/text";
import { parseRecord } from "./read/cloudtrail-record";
import { type EventEnvelope, wrapRecord } from "./read/envelope";
import { isObject, textAt } from "./read/json";
import { isLogFileKey, readLogFile } from "./read/log-file";
import type { Delivery, Message } from "./read/message";
import { Tally } from "./tally";

/** What the pipeline works with: the function hands in S3 and SNS, tests and the command line what they like. */
export interface Ports {
  /** The bytes of a log file as stored. Rejects when it can't be fetched. */
  readonly fetchObject: (bucket: string, key: string) => Promise<Uint8Array>;
  /** Rejects unless the topic has accepted the alert. */
  readonly publish: (alert: Alert) => Promise<void>;
  readonly log: Log;
  /** Milliseconds until the invocation is cut off. */
  readonly remainingMs: () => number;
}

export interface Result {
  /** Per message, in the order given: whether it needs to come again. */
  readonly failed: readonly boolean[];
  readonly tally: Tally;
}

/** A log file is begun only with this much time left: fetching and judging the largest takes most of it. */
const TIME_FOR_A_LOG_FILE_MS = 60_000;
/** An alert is published only with this much time left, so that the closing line and the answer still get out. */
const TIME_FOR_AN_ALERT_MS = 15_000;
/** Alerts under way to the topic at once. */
const PUBLISHES_AT_ONCE = 10;

/**
 * Reads, matches, decides and publishes one invocation's messages.
 *
 * Nothing that a message holds stops its neighbours: a record that can't be judged becomes a finding; an object that
 * can't be read, an alert that can't be published and whatever there is no time for fail their own message only.
 */
export async function processMessages(
  messages: readonly Message[],
  enabled: EnabledDetections,
  ports: Ports,
): Promise<Result> {
  const invocation = new Invocation(enabled, ports);
  const failed: boolean[] = [];
  for (const message of messages) failed.push(!(await invocation.process(message)));
  return { failed, tally: invocation.tally };
}

class Invocation {
  readonly tally = new Tally();
  readonly #decider = new Decider();

  constructor(
    private readonly enabled: EnabledDetections,
    private readonly ports: Ports,
  ) {}

  /** Whether the message is done with; else it needs to come again. */
  async process({ id, content }: Message): Promise<boolean> {
    const { messages, records } = this.tally;
    messages.received++;
    if (content.kind === "unrecognised") {
      messages.unrecognised++;
      this.ports.log.finding("unrecognised message acknowledged", { messageId: id, reason: content.reason });
      return true;
    }
    let done = true;
    if (content.kind === "delivery") {
      done = await this.#readObjects(content);
    } else {
      records.read++;
      if (content.kind === "event") done = await this.#publish(this.#judge(content.event, "event"));
      else this.#unjudgeable(content.reason, content.eventId);
    }
    if (done) messages.handled++;
    else messages.failed++;
    return done;
  }

  async #readObjects({ bucket, keys }: Delivery): Promise<boolean> {
    const { objects } = this.tally;
    let done = true;
    for (const key of keys) {
      objects.named++;
      if (typeof key !== "string" || !isLogFileKey(key)) {
        objects.skipped++;
      } else if (this.ports.remainingMs() < TIME_FOR_A_LOG_FILE_MS) {
        objects.postponed++;
        done = false;
        this.ports.log.finding("no time left for the log file", { bucket, key });
      } else {
        done = (await this.#readObject(bucket, key)) && done;
      }
    }
    return done;
  }

  async #readObject(bucket: string, key: string): Promise<boolean> {
    const { objects } = this.tally;
    let records: readonly unknown[];
    try {
      records = await readLogFile(await this.ports.fetchObject(bucket, key));
      objects.read++;
    } catch (error) {
      objects.unreadable++;
      this.ports.log.finding("log file can't be read", { bucket, key, reason: describe(error) });
      return false;
    }
    return this.#publish(records.flatMap((record) => this.#judgeRecord(record, key)));
  }

  #judgeRecord(value: unknown, key: string): readonly Alert[] {
    this.tally.records.read++;
    let event: EventEnvelope;
    try {
      event = wrapRecord(parseRecord(value));
    } catch (error) {
      this.#unjudgeable(describe(error), isObject(value) ? textAt(value, "eventID") : undefined, key);
      return [];
    }
    return this.#judge(event, "log", key);
  }

  /** The alerts that the event gives rise to. An event on which anything throws is a finding, as a whole. */
  #judge(event: EventEnvelope, path: Path, key?: string): readonly Alert[] {
    let decided: readonly (readonly [decision: ReturnType<Decider["decide"]>, alert: Alert])[];
    try {
      decided = matchedDetections(this.enabled, event)
        .filter((detection) => path === "log" || hasRule(detection))
        .map((detection) => {
          const alert = buildAlert(detection, event, path);
          return [this.#decider.decide(detection, event, path), alert];
        });
    } catch (error) {
      this.#unjudgeable(describe(error), textAt(event.detail, "eventID"), key);
      return [];
    }
    this.tally.records.judged++;
    return decided.flatMap(([decision, alert]) => {
      this.tally.matches.made++;
      if (decision === "publish") return [alert];
      this.tally.matches[decision]++;
      return [];
    });
  }

  /** Whether the topic has taken every alert. */
  async #publish(alerts: readonly Alert[]): Promise<boolean> {
    const waiting = alerts.values();
    let done = true;
    const work = async (): Promise<void> => {
      for (const alert of waiting) done = (await this.#publishOne(alert)) && done;
    };
    await Promise.all(Array.from({ length: Math.min(PUBLISHES_AT_ONCE, alerts.length) }, work));
    return done;
  }

  async #publishOne(alert: Alert): Promise<boolean> {
    try {
      if (this.ports.remainingMs() < TIME_FOR_AN_ALERT_MS) throw new Error("no time left");
      await this.ports.publish(alert);
      this.tally.matches.published++;
      return true;
    } catch (error) {
      this.tally.matches.failed++;
      const { detection, eventID } = alert;
      this.ports.log.finding("alert can't be published", { detection, eventID, reason: describe(error) });
      return false;
    }
  }

  #unjudgeable(reason: string, eventId: string | undefined, key?: string): void {
    this.tally.records.findings++;
    const id = eventId === undefined ? undefined : oneLine(eventId, 128);
    this.ports.log.finding("record can't be judged", { reason, eventId: id, key });
  }
}

function describe(error: unknown): string {
  return oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 500);
}
