import type { Window } from "../../../alerting/windows/window";
import type { ReplayProblem } from "../result/replay-result";
import { AlertCandidates } from "./alert-candidates";
import type { Batch } from "./batch";
import { type AlertedEvent, FIRST_PROCESSING_ERRORS, type FileVerdict, type FoundMatch } from "./found-match";
import type { Plan } from "./setup";

/** A match as long as it is not decided on. */
export interface KeptMatch extends Omit<FoundMatch, "event"> {
  /** Undefined when no alert can be of it, or can be any more. */
  event: AlertedEvent | undefined;
}

/** A processing error, and where. */
interface PlacedError extends ReplayProblem {
  readonly place: number;
}

/**
 * Everything that was found in the logs, in whatever order they were read. A match takes a few hundred bytes: texts
 * that come again and again are kept once, and what an alert would say only while there may yet be one.
 */
export class MatchStore {
  readonly records = { read: 0, processingErrors: 0 };
  /** Bytes read, and files that could be read to their end. */
  readonly files = { read: 0, bytes: 0 };
  readonly #unreadable: ReplayProblem[] = [];
  #firstProcessingErrors: readonly PlacedError[] = [];
  /** By the number of the detection. */
  readonly #matches = new Map<number, KeptMatch[]>();
  readonly #texts = new Map<string, string>();
  readonly #windows = new Map<string, Window>();
  readonly #candidates: AlertCandidates;

  /** @param files names of the log files, by their numbers */
  constructor(
    plan: Plan,
    private readonly names: readonly string[],
  ) {
    this.#candidates = new AlertCandidates(plan, (a, b) => this.inOrder(a, b));
  }

  add({ matches, verdicts, bytes }: Batch): void {
    this.files.bytes += bytes;
    for (const verdict of verdicts) this.#addVerdict(verdict);
    for (const match of matches) this.#addMatch(match);
  }

  /** In the order in which they are decided on. */
  matches(detection: number): readonly KeptMatch[] {
    return (this.#matches.get(detection) ?? []).sort((a, b) => this.inOrder(a, b));
  }

  nameOf({ file }: Pick<FoundMatch, "file">): string {
    return this.names[file] as string;
  }

  /** By name. */
  get unreadable(): readonly ReplayProblem[] {
    return [...this.#unreadable].sort((a, b) => compare(a.file, b.file));
  }

  /** By name of the file and place in it. */
  get firstProcessingErrors(): readonly ReplayProblem[] {
    return this.#firstProcessingErrors.map(({ file, reason }) => ({ file, reason }));
  }

  /** By event time, of one call's records those that name the caller first; what happened at the same time in an order that depends on nothing but the logs. */
  inOrder(a: KeptMatch, b: KeptMatch): number {
    const byCall = a.time - b.time || compare(a.id, b.id) || Number(b.namesCaller) - Number(a.namesCaller);
    return byCall || compare(this.nameOf(a), this.nameOf(b)) || a.place - b.place;
  }

  #addVerdict(verdict: FileVerdict): void {
    const { records, processingErrors, firstProcessingErrors, problem } = verdict;
    const file = this.nameOf(verdict);
    this.records.read += records;
    this.records.processingErrors += processingErrors;
    if (problem === undefined) this.files.read++;
    else this.#unreadable.push({ file, reason: problem });
    if (firstProcessingErrors.length === 0) return;
    this.#firstProcessingErrors = [
      ...this.#firstProcessingErrors,
      ...firstProcessingErrors.map((error) => ({ file, ...error })),
    ]
      .sort((a, b) => compare(a.file, b.file) || a.place - b.place)
      .slice(0, FIRST_PROCESSING_ERRORS);
  }

  #addMatch(match: FoundMatch): void {
    const { event } = match;
    const kept: KeptMatch = {
      ...match,
      window: this.#window(match),
      suppressedBy: match.suppressedBy.map((id) => id && this.#text(id)),
      event: event && this.#event(event),
    };
    const matches = this.#matches.get(kept.detection);
    if (matches) matches.push(kept);
    else this.#matches.set(kept.detection, [kept]);
    this.#candidates.add(kept);
  }

  #window({ detection, window }: FoundMatch): Window {
    const key = `${detection} ${window.id} ${window.callerId ?? ""}`;
    const known = this.#windows.get(key);
    if (known) return known;
    this.#windows.set(key, window);
    return window;
  }

  #event(event: AlertedEvent): AlertedEvent {
    const {
      eventSource,
      eventName,
      account,
      region,
      actor,
      principal,
      caller,
      sourceIPAddress,
      userAgent,
      accessKeyId,
      target,
    } = event;
    return {
      ...event,
      eventSource: this.#text(eventSource),
      eventName: this.#text(eventName),
      account: this.#text(account),
      region: this.#text(region),
      actor: this.#text(actor),
      principal: this.#text(principal),
      caller: this.#text(caller),
      sourceIPAddress: this.#text(sourceIPAddress),
      userAgent: this.#text(userAgent),
      accessKeyId: this.#text(accessKeyId),
      errorCode: this.#text(event.errorCode),
      target: this.#text(target),
    };
  }

  #text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
