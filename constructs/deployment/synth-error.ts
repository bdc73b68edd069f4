/** What is asked for can't be deployed; the message says what was given, what is allowed and how to fix it, a line each. */
export class SynthError extends Error {
  override readonly name = "SynthError";
}
