import { createReadStream, readFileSync } from "node:fs";
import { UserError } from "../../config/user-error";
import { fileProblem } from "./file-problem";
import type { LogSource } from "./log-source";
import { s3 } from "./s3";
import { s3Problem } from "./s3-problem";

/** Bytes up to which a file is read at once, in fewer calls than a stream takes; and of a stream's chunks. */
const AT_ONCE_BYTES = 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

/** A source can't be opened, or not be read to its end; the message is one line that says how to fix it. */
export class UnreadableSource extends UserError {
  override readonly name = "UnreadableSource";
}

/**
 * The bytes of a source as they lie there, compressed where it is. Works in worker threads.
 *
 * @throws UnreadableSource before the first chunk, or any later one
 */
export async function* openSource(source: LogSource): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* chunksOf(source);
  } catch (error) {
    const reason = source.kind === "s3" ? s3Problem(error, source.bucket, source.key).reason : fileProblem(error);
    throw new UnreadableSource(reason, { cause: error });
  }
}

async function* chunksOf(source: LogSource): AsyncGenerator<Uint8Array, void, undefined> {
  if (source.kind === "s3") {
    const { sdk, client } = await s3();
    const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: source.bucket, Key: source.key }));
    // In Node it is a stream, which its type leaves open.
    if (Body) yield* Body as unknown as AsyncIterable<Uint8Array>;
  } else if (source.kind === "stdin") {
    // Not process.stdin, which is empty in a worker.
    yield* createReadStream("", { fd: 0, autoClose: false, highWaterMark: CHUNK_BYTES });
  } else if (source.bytes > 0 && source.bytes <= AT_ONCE_BYTES) {
    yield readFileSync(source.path);
  } else {
    yield* createReadStream(source.path, { highWaterMark: CHUNK_BYTES });
  }
}
