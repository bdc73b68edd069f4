/** Progress on standard error while that is a terminal; nothing otherwise. */
export class Progress {
  /** @param totalBytes of all sources, as they lie there; undefined where nobody can know */
  start(_files: number, _totalBytes: number | undefined): void {}

  /**
   * More was read.
   *
   * @param bytes since the last call, as they lie there
   * @param files finished since the last call
   * @param records read since the last call
   */
  advance(_bytes: number, _files: number, _records: number): void {}

  /** Takes the line away; what is printed next stands alone. */
  finish(): void {}
}
