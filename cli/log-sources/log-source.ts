/** Where one log file is. Plain data: it is sent to worker threads. */
export type LogSource =
  | { readonly kind: "file"; readonly path: string; readonly bytes: number }
  | { readonly kind: "s3"; readonly bucket: string; readonly key: string; readonly bytes: number }
  | { readonly kind: "stdin" };

/** What a source is called in outputs: the path as it was given or found, `s3://bucket/key`, or `-`. */
export function nameOf(source: LogSource): string {
  switch (source.kind) {
    case "file":
      return source.path;
    case "s3":
      return `s3://${source.bucket}/${source.key}`;
    case "stdin":
      return "-";
  }
}

/** Stored bytes of the source; 0 where they are unknown. */
export function bytesOf(source: LogSource): number {
  return source.kind === "stdin" ? 0 : source.bytes;
}
