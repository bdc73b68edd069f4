import { Decider, type Path } from "./decide/decider";
import type { EnabledDetection } from "./decide/enabled-detections";
import { hasRule } from "./detections/detection";
import { matches } from "./engine/match";
import type { Log } from "./log";
import { type Alert, buildAlert } from "./publish/alert";
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
  /** Whether there is time to begin another message. */
  readonly timeLeft: () => boolean;
}

export interface Result {
  /** Per message, in the order given: whether it needs to come again. */
  readonly failed: readonly boolean[];
  readonly tally: Tally;
}

/**
 * Reads, matches, decides and publishes one invocation's messages.
 *
 * Nothing that a message holds stops its neighbours: a record that can't be judged becomes a finding, an object that
 * can't be read or an alert that can't be published fails its own message only.
 */
export async function processMessages(
  messages: readonly Message[],
  detections: readonly EnabledDetection[],
  ports: Ports,
): Promise<Result> {
  const invocation = new Invocation(detections, ports);
  const failed: boolean[] = [];
  for (const message of messages) failed.push(await invocation.process(message));
  return { failed, tally: invocation.tally };
}

class Invocation {
  readonly tally = new Tally();
  readonly #decider = new Decider();

  constructor(
    private readonly detections: readonly EnabledDetection[],
    private readonly ports: Ports,
  ) {}

  /** Whether the message failed and needs to come again. */
  async process({ id, content }: Message): Promise<boolean> {
    const { messages, records } = this.tally;
    messages.received++;
    if (!this.ports.timeLeft()) {
      messages.failed++;
      this.ports.log.finding("no time left: the message goes back to its queue", { messageId: id });
      return true;
    }
    if (content.kind === "unrecognised") {
      messages.unrecognised++;
      this.ports.log.finding("unrecognised message acknowledged", { messageId: id, reason: content.reason });
      return false;
    }
    let done = true;
    if (content.kind === "delivery") {
      done = await this.#readObjects(content);
    } else {
      records.read++;
      if (content.kind === "event") done = await this.#judge(content.event, "event");
      else this.#unjudgeable(content.reason, { eventId: content.eventId });
    }
    if (done) messages.handled++;
    else messages.failed++;
    return !done;
  }

  /** Whether every object could be read and all its alerts published. */
  async #readObjects({ bucket, keys }: Delivery): Promise<boolean> {
    const { objects } = this.tally;
    let done = true;
    for (const key of keys) {
      objects.named++;
      if (typeof key !== "string" || !isLogFileKey(key)) {
        objects.skipped++;
        continue;
      }
      try {
        const records = await readLogFile(await this.ports.fetchObject(bucket, key));
        objects.read++;
        done = (await this.#judgeRecords(records, key)) && done;
      } catch (error) {
        objects.unreadable++;
        done = false;
        this.ports.log.finding("log file can't be read", { bucket, key, reason: describe(error) });
      }
    }
    return done;
  }

  async #judgeRecords(records: readonly unknown[], key: string): Promise<boolean> {
    let done = true;
    for (const [index, value] of records.entries()) {
      this.tally.records.read++;
      let event: EventEnvelope;
      try {
        event = wrapRecord(parseRecord(value));
      } catch (error) {
        const eventId = isObject(value) ? textAt(value, "eventID") : undefined;
        this.#unjudgeable(describe(error), { key, index, eventId });
        continue;
      }
      done = (await this.#judge(event, "log")) && done;
    }
    return done;
  }

  /** Whether all its alerts could be published. */
  async #judge(event: EventEnvelope, path: Path): Promise<boolean> {
    let matched: readonly EnabledDetection[];
    try {
      matched = this.detections.filter(
        ({ detection, pattern }) => (path === "log" || hasRule(detection)) && matches(pattern, event),
      );
    } catch (error) {
      this.#unjudgeable(describe(error), { eventId: textAt(event.detail, "eventID") });
      return true;
    }
    this.tally.records.judged++;
    let done = true;
    for (const { detection } of matched) {
      this.tally.matches.made++;
      const decision = this.#decider.decide(detection, event, path);
      if (decision === "publish") done = (await this.#publish(buildAlert(detection, event, path))) && done;
      else this.tally.matches[decision]++;
    }
    return done;
  }

  async #publish(alert: Alert): Promise<boolean> {
    try {
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

  #unjudgeable(reason: string, fields: Readonly<Record<string, unknown>>): void {
    this.tally.records.findings++;
    this.ports.log.finding("record can't be judged", { reason, ...fields });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
