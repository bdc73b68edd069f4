import { createReadStream } from "node:fs";
import type { LogSource } from "./log-source";

/**
 * The bytes of a source as they lie there, compressed where it is.
 *
 * @throws Error in one line when it can't be opened or read further, at the first or any later chunk
 */
export function openSource(source: LogSource): AsyncIterable<Uint8Array> {
  switch (source.kind) {
    case "file":
      return createReadStream(source.path);
    case "s3":
      throw new Error("not yet");
    case "stdin":
      return process.stdin;
  }
}
