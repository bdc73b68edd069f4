import { oneLine, reasonOf } from "../detection/events/text";

/** What a log line says of an error. */
export interface ErrorFields {
  /** One line. */
  readonly reason: string;
  /** Of an error that nothing expects: where in the code it comes from, and its causes. */
  readonly stack?: string;
}

/** Characters of a stack in a log line, and of the message that it begins with: a record may have chosen that. */
const STACK_LENGTH = 8_000;
const MESSAGE_LENGTH = 500;
const MAX_CAUSES = 5;

/** By name: each file of the zip has classes of its own, so that `instanceof` knows none of another's. */
const EXPECTED_NAMES: ReadonlySet<string> = new Set([
  ...["RecordProblem", "UnreadableLogFile", "AbortError", "TimeoutError"],
  // Of detections that can't be used.
  ...["PatternError", "PlaceholderError", "RefinementError", "DetectionError"],
]);
/** What JavaScript throws where code is wrong, whatever is added to it on its way. */
const DEFECT_NAMES: ReadonlySet<string> = new Set(["TypeError", "ReferenceError", "RangeError"]);

interface MarkedError {
  readonly name?: string;
  readonly $metadata?: unknown;
  readonly syscall?: unknown;
}

/** The reason; and of what is not expected at run time, and so may be a defect of the code, the stack. */
export function errorFields(error: unknown): ErrorFields {
  const reason = reasonOf(error);
  return isExpected(error) ? { reason } : { reason, stack: stackOf(error) };
}

/**
 * Whether an error says something about the input or about AWS: a record or a log file that can't be read, an answer of a service,
 * a connection that failed, a time that ran out.
 */
export function isExpected(error: unknown): boolean {
  const { name, $metadata, syscall }: MarkedError = Object(error);
  if (name === undefined || DEFECT_NAMES.has(name)) return false;
  // The SDK marks what a service has answered and what its tries have ended with; Node what the system has answered.
  return EXPECTED_NAMES.has(name) || $metadata !== undefined || syscall !== undefined;
}

function stackOf(error: unknown, causes = MAX_CAUSES): string {
  if (!(error instanceof Error)) return `thrown without a stack: ${oneLine(String(error), MESSAGE_LENGTH)}`;
  const stack = [reasonOf(error), ...(error.stack ?? "").matchAll(/\n\s+at .*/g)].join("");
  const cause = error.cause === undefined || causes === 0 ? "" : `\ncaused by ${stackOf(error.cause, causes - 1)}`;
  return `${stack}${cause}`.slice(0, STACK_LENGTH);
}
