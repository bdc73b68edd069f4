import type { FileVerdict, FoundMatch } from "./found-match";

/** What was found since the last batch. Plain data: worker threads send it. */
export interface Batch {
  readonly matches: readonly FoundMatch[];
  /** Of the files that are finished. */
  readonly verdicts: readonly FileVerdict[];
  /** Bytes read, as they lie there. */
  readonly bytes: number;
}

/** Gathers what is to make up a batch. */
export class NextBatch {
  #matches: FoundMatch[] = [];
  #verdicts: FileVerdict[] = [];
  #bytes = 0;

  /** How many matches it holds. */
  get size(): number {
    return this.#matches.length;
  }

  add(matches: readonly FoundMatch[], bytes: number, verdict?: FileVerdict): void {
    for (const match of matches) this.#matches.push(match);
    if (verdict) this.#verdicts.push(verdict);
    this.#bytes += bytes;
  }

  /** Takes it away; the next begins empty. */
  take(): Batch {
    const batch = { matches: this.#matches, verdicts: this.#verdicts, bytes: this.#bytes };
    this.#matches = [];
    this.#verdicts = [];
    this.#bytes = 0;
    return batch;
  }
}
