import { reasonOf } from "../detection/events/text";

/** What a log line says of an error. */
export interface ErrorFields {
  /** One line. */
  readonly reason: string;
  /** Of an error that nothing expects: where in the code it comes from, and its causes. */
  readonly stack?: string;
}

/** Characters of a stack in a log line. */
const STACK_LENGTH = 8_000;
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
  try {
    const { name, $metadata, syscall }: MarkedError = Object(error);
    if (name === undefined || DEFECT_NAMES.has(name)) return false;
    // The SDK marks what a service has answered and what its tries have ended with; Node what the system has answered.
    return EXPECTED_NAMES.has(name) || $metadata !== undefined || syscall !== undefined;
  } catch {
    // What throws when it is read.
    return false;
  }
}

function stackOf(error: unknown, causes = MAX_CAUSES): string {
  const reason = reasonOf(error);
  try {
    if (!(error instanceof Error)) return `thrown without a stack: ${reason}`;
    const stack = [reason, ...framesOf(error)].join("");
    const cause = error.cause === undefined || causes === 0 ? "" : `\ncaused by ${stackOf(error.cause, causes - 1)}`;
    return `${stack}${cause}`.slice(0, STACK_LENGTH);
  } catch {
    return `thrown with a stack that can't be read: ${reason}`;
  }
}

/** They stand behind the message, which a record may have chosen: lines of it may look like them, and it may be long. */
function framesOf({ stack, message }: Error): readonly string[] {
  const text = String(stack ?? "");
  const start = text.indexOf(message);
  const frames = text.slice(start < 0 ? 0 : start + message.length).slice(-STACK_LENGTH);
  return [...frames.matchAll(/\n[ \t]+at .*/g)].map(([frame]) => frame);
}
