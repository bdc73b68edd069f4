import type { Entrant, Outcome } from "./contenders";

/** Entrants in turns, over all files. */
export interface RoundsTask {
  readonly kind: "rounds";
  readonly files: readonly string[];
  readonly entrants: readonly Entrant[];
  /** Measured ones; one more goes before. */
  readonly rounds: number;
}

/** One and two worker threads, each taking the files again and again for some time. */
export interface WorkersTask {
  readonly kind: "workers";
  readonly files: readonly string[];
  readonly entrants: readonly Entrant[];
  readonly rounds: number;
  /** Milliseconds of each turn. */
  readonly turnMs: number;
}

/** One entrant, once over all files. */
export interface MemoryTask {
  readonly kind: "memory";
  /** Read first: what the process needs that has loaded the code and read a log file. */
  readonly smallFile: string;
  readonly files: readonly string[];
  readonly entrant: Entrant;
  /** Not to have the file in memory. */
  readonly asStream: boolean;
}

export type Task = RoundsTask | WorkersTask | MemoryTask;

/** What one turn took. */
export interface Turn {
  readonly wallMs: number;
  /** Of all threads of the process. */
  readonly processorMs: number;
}

/**
 * Milliseconds: by the clock, or by the processor where that is less. On a machine that has other things to do, the clock
 * counts those as well, and more of them in a long turn than in a short one.
 */
export function timeOf({ wallMs, processorMs }: Turn): number {
  return Math.min(wallMs, processorMs);
}

/** Of an entrant; its turns in the order of the rounds, so that those of one round were neighbours. */
export interface Turns {
  readonly name: string;
  readonly outcome: Outcome;
  readonly turns: readonly Turn[];
}

/** Of an entrant: passes over the files in a second, by round. */
export interface WorkerRates {
  readonly name: string;
  readonly outcome: Outcome;
  readonly one: readonly number[];
  readonly two: readonly number[];
}

export interface MemoryUse {
  readonly outcome: Outcome;
  /** Peak resident bytes after the small file. */
  readonly baselineBytes: number;
  /** And in the end. */
  readonly peakBytes: number;
}

export interface Results {
  readonly rounds: readonly Turns[];
  readonly workers: readonly WorkerRates[];
  readonly memory: MemoryUse;
}
