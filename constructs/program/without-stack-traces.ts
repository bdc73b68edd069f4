/**
 * Has CDKTF keep no stack traces: it takes one per token, which takes as long as a good part of the synth. Errors that
 * are thrown keep theirs.
 */
export function withoutStackTraces<T>(build: () => T): T {
  const before = Error.prepareStackTrace;
  // Asked when a trace is first read: CDKTF does at once, whoever prints an error after this.
  Error.prepareStackTrace = () => "";
  try {
    return build();
  } finally {
    Error.prepareStackTrace = before;
  }
}
