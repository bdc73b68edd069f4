/** How much is measured. */
export interface Plan {
  /** Records of the large file, and of all small ones together. */
  readonly records: number;
  /** Shares of the records that match. */
  readonly shares: readonly number[];
  /** An odd number. */
  readonly rounds: number;
  /** Milliseconds of work, of one worker and of two. */
  readonly workersMs: number;
  /** Records of the file that need not fit into memory. */
  readonly hugeRecords: number;
}

/** What `npm run bench` does: a few minutes. */
export const FULL: Plan = {
  records: 50_000,
  shares: [0, 0.02, 0.2],
  rounds: 5,
  workersMs: 6_000,
  // More than 1 GB.
  hugeRecords: 800_000,
};

/** The share that the targets are about. */
export const TYPICAL_SHARE = 0.02;

/** The seed of all files. */
export const SEED = 8;
