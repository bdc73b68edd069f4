// Over 250 lines: one invocation's walk, whose steps share its tally.
import type { Detection } from "../../detection/definition/detection";
import { ACCOUNT_ID } from "../../detection/events/account-id";
import { accountOf } from "../../detection/events/account-scope";
import { parseRecord } from "../../detection/events/cloudtrail-record";
import { type EventEnvelope, wrapRecord } from "../../detection/events/envelope";
import { isObject, textAt } from "../../detection/events/json";
import { oneLine } from "../../detection/events/text";
import { isLogFileKey, type Scanned, type UnreadableLogFile } from "../../detection/log-files/log-file";
import {
  type EnabledSuppressions,
  NO_SUPPRESSIONS,
  type Ruling,
  rulingsOn,
} from "../../detection/suppressions/enabled-suppressions";
import type { Delivery, Message, Task } from "../messages/message";
import type { Match, Path, Position } from "../outcomes/match";
import type { Alerting, Ports } from "../ports";
import { type ErrorFields, errorFields } from "../processing-error";
import { Tally } from "../tally";

/** The detections that match an event, in the catalogue's order; `failed` is called for each whose matching throws. */
export type MatchedBy = (
  event: EventEnvelope,
  failed: (detection: Detection, error: unknown) => void,
) => readonly Detection[];

export interface Result {
  /** Per message, in the order given: why it needs to come again, or undefined. */
  readonly failures: readonly (string | undefined)[];
  readonly tally: Tally;
}

/** A log file is begun only with this much time left, in milliseconds: fetching and judging the largest takes most of it. */
const TIME_FOR_A_LOG_FILE_MS = 60_000;

/** Reasons that a message's failure gives: lines above it have them all. */
const REASONS = 10;
const OF_ANOTHER_BUCKET =
  "only log files of the log archive are read; let the topic carry notices of its bucket alone, or name the bucket in the configuration";
/** What S3 answers where the function may not read a bucket. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const NOT_OURS: readonly unknown[] = ["AccessDenied", "NoSuchBucket", "PermanentRedirect"];

/**
 * Reads, matches, decides and publishes one invocation's messages.
 *
 * Nothing that a message holds stops its neighbours: a record that can't be processed is a processing error; an object that
 * can't be read, an alert that can't be published and whatever there is no time for fail their own message only.
 */
export async function processMessages(
  messages: readonly Message[],
  matchedBy: MatchedBy,
  ports: Ports,
  suppressions: EnabledSuppressions = NO_SUPPRESSIONS,
): Promise<Result> {
  const invocation = new Invocation(matchedBy, ports, suppressions);
  const failures = await invocation.process(messages);
  return { failures, tally: invocation.tally };
}

class Invocation {
  readonly tally = new Tally();
  #alerting: Alerting | undefined;
  /** The suppressions that a log line has reported, by what it says. */
  readonly #reported = new Set<string>();

  constructor(
    private readonly matchedBy: MatchedBy,
    private readonly ports: Ports,
    private readonly suppressions: EnabledSuppressions,
  ) {}

  /** Events first, all together, since they are few and fresh; then log files, one by one. */
  async process(messages: readonly Message[]): Promise<readonly (string | undefined)[]> {
    const reasons = await this.#events(messages);
    const failures: (string | undefined)[] = [];
    for (const message of messages) {
      const failure = reasons.get(message) ?? (await this.#other(message));
      failures.push(failure);
      this.#count(message, failure);
    }
    return failures;
  }

  #count({ id, content }: Message, failure: string | undefined): void {
    const { messages } = this.tally;
    messages.received++;
    if (content.kind === "unrecognized") {
      messages.unrecognized++;
      this.ports.log.processingError("unrecognized message acknowledged", { messageId: id, reason: content.reason });
    } else if (failure === undefined) {
      messages.handled++;
    } else {
      messages.failed++;
      this.ports.log.processingError("message failed", { messageId: id, reason: failure });
    }
  }

  /** @returns why, for every message of an event that must come again */
  async #events(messages: readonly Message[]): Promise<ReadonlyMap<Message, string>> {
    await this.#prepare(messages.map(({ content }) => (content.kind === "event" ? accountOf(content.event) : "")));
    const matches = new Map<Match, Message>();
    for (const message of messages) {
      const { content, id } = message;
      const position = { messageId: id };
      if (content.kind === "unprocessable") {
        this.tally.records.read++;
        this.#unprocessable({ reason: content.reason }, content.eventId, position);
      } else if (content.kind === "event") {
        this.tally.records.read++;
        for (const match of this.#evaluate(content.event, "event", position)) matches.set(match, message);
      }
    }
    const failures = await this.#alert([...matches.keys()]);
    return new Map([...failures].map(([match, reason]) => [matches.get(match) as Message, reason]));
  }

  async #other({ content, id }: Message): Promise<string | undefined> {
    if (content.kind === "delivery") return this.#readObjects(content);
    return content.kind === "task" ? this.#perform(content, id) : undefined;
  }

  async #perform({ task }: Task, messageId: string | undefined): Promise<string | undefined> {
    try {
      return await this.ports.performTask(task, this.ports, this.tally);
    } catch (error) {
      const fields = errorFields(error);
      this.ports.log.processingError("task can't be performed", { task, messageId, ...fields });
      return fields.reason;
    }
  }

  async #readObjects(delivery: Delivery): Promise<string | undefined> {
    const { objects } = this.tally;
    const failures: string[] = [];
    const postponed: { readonly bucket: string; readonly key: string }[] = [];
    for (const { bucket, key } of delivery.objects) {
      objects.named++;
      if (typeof key !== "string" || !isLogFileKey(key)) {
        objects.skipped++;
      } else if (this.ports.remainingMs() < TIME_FOR_A_LOG_FILE_MS) {
        objects.postponed++;
        postponed.push({ bucket, key });
      } else {
        const failure = await this.#readObject(bucket, key);
        if (failure !== undefined) failures.push(`${failure} (${key})`);
      }
    }
    const [first] = postponed;
    if (first) {
      const others = postponed.length - 1;
      failures.push(`no time left for ${first.key}${others > 0 ? ` and ${others} more` : ""}`);
      this.ports.log.processingError("no time left for the log file", { ...first, ...(others > 0 && { others }) });
    }
    if (failures.length === 0) return undefined;
    const more = failures.length - REASONS;
    return `${failures.slice(0, REASONS).join("; ")}${more > 0 ? ` and ${more} more` : ""}`;
  }

  /** @returns why it must come again */
  async #readObject(bucket: string, key: string): Promise<string | undefined> {
    const { objects } = this.tally;
    const matches: Match[] = [];
    let unreadable: string | undefined;
    let number = 0;
    const evaluate = (record: unknown): void => {
      number++;
      for (const match of this.#evaluateRecord(record, { bucket, key, record: number })) matches.push(match);
    };
    try {
      const [bytes] = await Promise.all([this.ports.fetchObject(bucket, key), this.#prepare(key.split("/"))]);
      const scanned = await this.ports.readLogFile(bytes, evaluate);
      this.#passedOver(scanned);
      objects.read++;
      await this.ports.logFileRead?.(key);
    } catch (error) {
      const { scanned }: Partial<UnreadableLogFile> = Object(error);
      if (scanned) this.#passedOver(scanned);
      objects.unreadable++;
      const fields = errorFields(error);
      const fix = this.#isForeign(bucket, error) ? OF_ANOTHER_BUCKET : undefined;
      // To come again would change nothing, and fill the dead letters where a topic is shared.
      if (fix === undefined) unreadable = fields.reason;
      this.ports.log.processingError("log file can't be read", { bucket, key, ...fields, ...(fix && { fix }) });
    }
    // What comes before the damage is alerted at once; if it comes again, it is a duplicate.
    const failures = await this.#alert(matches);
    const [reason] = failures.values();
    return unreadable ?? (reason && `${failures.size} of its matches failed, the first: ${reason}`);
  }

  /** Whether the log file lies in a bucket that is not the log archive, and that the function may not read. */
  #isForeign(bucket: string, error: unknown): boolean {
    const [own] = this.ports.archive?.split("/") ?? [];
    return own !== undefined && bucket !== own && NOT_OURS.includes(Object(error).name);
  }

  /** @returns why, for every match that must come again */
  async #alert(matches: readonly Match[]): Promise<ReadonlyMap<Match, string>> {
    return matches.length === 0 ? new Map() : this.#whereMatched().alert(matches);
  }

  #whereMatched(): Alerting {
    this.#alerting ??= this.ports.alerting(this.ports, this.tally);
    return this.#alerting;
  }

  /** Records that no detection could match were evaluated by the filter. */
  #passedOver({ records, passed }: Scanned): void {
    this.tally.records.read += records - passed;
    this.tally.records.evaluated += records - passed;
  }

  #evaluateRecord(value: unknown, position: Position): readonly Match[] {
    this.tally.records.read++;
    let event: EventEnvelope;
    try {
      event = wrapRecord(parseRecord(value));
    } catch (error) {
      this.#unprocessable(errorFields(error), isObject(value) ? textAt(value, "eventID") : undefined, position);
      return [];
    }
    return this.#evaluate(event, "log", position);
  }

  /**
   * What matches the event and is not suppressed: on both paths the same, since one alert names all detections. A detection whose matching throws makes it
   * a processing error; the others go on.
   */
  #evaluate(event: EventEnvelope, path: Path, position: Position): readonly Match[] {
    let matches: readonly Match[];
    let rulings: readonly Ruling[];
    const eventId = textAt(event.detail, "eventID");
    const errors: unknown[] = [];
    try {
      const matched = this.matchedBy(event, ({ id }, error) => {
        const fields = { detection: id, ...errorFields(error), eventID: oneLine(eventId ?? "", 128), ...position };
        this.ports.log.processingError("detection can't be matched", fields);
        errors.push(error);
      });
      rulings = this.#rulings(matched, event, position);
      const alerting = matched.filter((_, index) => rulings[index]?.suppressedBy === undefined);
      matches = alerting.length === 0 ? [] : this.#whereMatched().matchesOf(alerting, event, path, position);
    } catch (error) {
      this.#unprocessable(errorFields(error), eventId, position);
      return [];
    }
    if (errors.length > 0) this.tally.records.processingErrors++;
    else this.tally.records.evaluated++;
    for (const ruling of rulings) this.#note(ruling);
    return matches;
  }

  /** Reads what suppressions ask of accounts, where there are such suppressions. Of a log file's key, a folder is the account. */
  async #prepare(accounts: readonly string[]): Promise<void> {
    const ids = this.suppressions.askPlaces ? accounts.filter((account) => ACCOUNT_ID.test(account)) : [];
    if (ids.length > 0) await this.ports.accounts?.prepare(ids);
  }

  /** Per detection. Suppressions on which anything throws suppress nothing: the alerts go out. */
  #rulings(matched: readonly Detection[], event: EventEnvelope, position: Position): readonly Ruling[] {
    if (matched.length === 0) return [];
    try {
      return matched.map(rulingsOn(this.suppressions, event, (account) => this.ports.accounts?.of(account)));
    } catch (error) {
      const eventId = oneLine(textAt(event.detail, "eventID") ?? "", 128) || undefined;
      this.ports.log.processingError("suppressions can't be matched", { ...errorFields(error), eventId, ...position });
      return [];
    }
  }

  #note({ suppressedBy, expired, unknownPlace }: Ruling): void {
    const { matches, suppressions } = this.tally;
    if (suppressedBy !== undefined) {
      matches.made++;
      matches.suppressed++;
      // Ids are anybody's words, `constructor` too.
      const before = Object.hasOwn(suppressions.by, suppressedBy) ? suppressions.by[suppressedBy] : undefined;
      suppressions.by[suppressedBy] = (before ?? 0) + 1;
    }
    if (expired !== undefined) {
      suppressions.expired++;
      this.#report("suppression has expired", expired);
    }
    if (unknownPlace !== undefined) {
      this.#report(
        "suppression can't be applied: the account's organizational units or tags are unknown",
        unknownPlace,
      );
    }
  }

  /** Once an invocation. */
  #report(what: string, suppression: string): void {
    const line = `${what} ${suppression}`;
    if (this.#reported.has(line)) return;
    this.#reported.add(line);
    this.ports.log.processingError(what, { suppression });
  }

  #unprocessable(error: ErrorFields, eventId: string | undefined, position: Position): void {
    this.tally.records.processingErrors++;
    const id = eventId === undefined ? undefined : oneLine(eventId, 128);
    this.ports.log.processingError("record can't be processed", { ...error, eventId: id, ...position });
  }
}
