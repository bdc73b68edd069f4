import { cut } from "../detection/events/text";

/** Where the function writes what it did: one JSON object a line. */
export interface Log {
  /** Something could not be processed, read or published. */
  processingError(what: string, fields: Readonly<Record<string, unknown>>): void;
  info(what: string, fields: object): void;
}

/** How many processing errors of one kind an invocation writes out; the tally counts them all. */
const WRITTEN_PER_KIND = 20;

/** Characters of one text of a processing error: a message may hold hundreds of keys, and CloudWatch Logs splits lines over 256 KB. */
const TEXT_LENGTH = 10_000;

/** @param everywhere what every line says, such as the id of Lambda's request */
export function jsonLines(write: (line: string) => void, everywhere: Readonly<Record<string, unknown>> = {}): Log {
  const written = new Map<string, number>();
  return {
    processingError(what, fields) {
      const kind = kindOf(what, fields.stack);
      const count = written.get(kind) ?? 0;
      written.set(kind, count + 1);
      if (count >= WRITTEN_PER_KIND) return;
      write(JSON.stringify({ level: "WARN", message: what, ...everywhere, ...fields }, bounded));
    },
    info(what, fields) {
      write(JSON.stringify({ level: "INFO", message: what, ...everywhere, ...fields }));
    },
  };
}

function bounded(_: string, value: unknown): unknown {
  return typeof value === "string" ? cut(value, TEXT_LENGTH) : value;
}

/** Errors from one place in the code are of one kind, whatever their messages say: no defect hides another. */
function kindOf(what: string, stack: unknown): string {
  return [what, ...String(stack).matchAll(/\n\s+at .*/g)].join("");
}
