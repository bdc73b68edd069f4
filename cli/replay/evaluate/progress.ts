/** Milliseconds between two drawings, and before which a rate says nothing. */
const REDRAW_MS = 100;
const SETTLED_MS = 1_000;
const BAR_CELLS = 20;
const CLEAR_LINE = "\r\x1b[K";

/** The part of standard error that is used. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Progress on standard error while that is a terminal; nothing otherwise. Draws over its own line. */
export class Progress {
  readonly #shown: boolean;
  #files = 0;
  #totalBytes: number | undefined;
  #startedMs = 0;
  #drawnMs = Number.NEGATIVE_INFINITY;
  #bytesDone = 0;
  #filesDone = 0;
  #records = 0;

  /** @param now milliseconds on a clock that never goes back */
  constructor(
    private readonly terminal: Terminal = process.stderr,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#shown = terminal.isTTY === true && process.env.TERM !== "dumb";
  }

  /** @param totalBytes of all sources, as they lie there; undefined where it is not known, as with standard input */
  start(files: number, totalBytes: number | undefined): void {
    this.#files = files;
    this.#totalBytes = totalBytes;
    this.#startedMs = this.now();
    this.#draw();
  }

  /**
   * More was read.
   *
   * @param bytes since the last call, as they lie there
   * @param files finished since the last call
   * @param records read since the last call
   */
  advance(bytes: number, files: number, records: number): void {
    this.#bytesDone += bytes;
    this.#filesDone += files;
    this.#records += records;
    this.#draw();
  }

  /** Takes the line away: what is printed next stands alone. */
  finish(): void {
    if (this.#shown) this.terminal.write(CLEAR_LINE);
  }

  #draw(): void {
    if (!this.#shown) return;
    const now = this.now();
    if (now - this.#drawnMs < REDRAW_MS) return;
    this.#drawnMs = now;
    // In the last column some terminals begin a new line.
    const line = this.#line(now - this.#startedMs).slice(0, (this.terminal.columns || 80) - 1);
    this.terminal.write(`\r${line}\x1b[K`);
  }

  #line(elapsedMs: number): string {
    const total = this.#totalBytes;
    const perSecond = (this.#bytesDone / elapsedMs) * 1000;
    const parts = [`${number(this.#filesDone)} of ${number(this.#files)} files`, `${number(this.#records)} records`];
    if (elapsedMs >= SETTLED_MS) parts.unshift(`${(perSecond / 1e6).toFixed(1)} MB/s`);
    if (total === undefined || total === 0) return [`${megabytes(this.#bytesDone)} MB`, ...parts].join("  ");
    // A file may grow while it is read.
    const share = Math.min(1, this.#bytesDone / total);
    if (elapsedMs >= SETTLED_MS && perSecond > 0) {
      parts.unshift(`${duration(Math.max(0, total - this.#bytesDone) / perSecond)} left`);
    }
    const filled = Math.round(share * BAR_CELLS);
    const bar = "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
    const percent = `${Math.floor(share * 100)}%`.padStart(4);
    return [`${percent} ${bar}`, `${megabytes(this.#bytesDone)} of ${megabytes(total)} MB`, ...parts].join("  ");
  }
}

function megabytes(bytes: number): string {
  return bytes < 1e8 ? (bytes / 1e6).toFixed(1) : number(Math.round(bytes / 1e6));
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** @param seconds rounded up, so that the last of them is not `0 s` */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
