/** Where the function writes what it did: one JSON object a line. */
export interface Log {
  /** Something could not be judged, read or published. */
  finding(what: string, fields: Readonly<Record<string, unknown>>): void;
  info(what: string, fields: object): void;
}

/** How many findings of one kind an invocation writes out; the tally counts them all. */
const WRITTEN_PER_KIND = 20;

export function jsonLines(write: (line: string) => void): Log {
  const written = new Map<string, number>();
  return {
    finding(what, fields) {
      const count = written.get(what) ?? 0;
      written.set(what, count + 1);
      if (count < WRITTEN_PER_KIND) write(JSON.stringify({ level: "WARN", message: what, ...fields }));
    },
    info(what, fields) {
      write(JSON.stringify({ level: "INFO", message: what, ...fields }));
    },
  };
}
