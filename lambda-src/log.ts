/** Where the function writes what it did: one JSON object a line. */
export interface Log {
  /** Something could not be judged, read or published. */
  finding(what: string, fields: Readonly<Record<string, unknown>>): void;
  info(what: string, fields: object): void;
}

/** How many findings one invocation writes out; the tally counts them all. */
const FINDINGS_WRITTEN = 20;

export function jsonLines(write: (line: string) => void): Log {
  let findings = 0;
  return {
    finding(what, fields) {
      if (findings++ < FINDINGS_WRITTEN) write(JSON.stringify({ level: "WARN", message: what, ...fields }));
    },
    info(what, fields) {
      write(JSON.stringify({ level: "INFO", message: what, ...fields }));
    },
  };
}
