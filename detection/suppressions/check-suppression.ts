import type { Detection } from "../definition/detection";
import { isObject, kindOf } from "../events/json";
import { compilePattern } from "../pattern/compile";
import { type EventPattern, PatternError } from "../pattern/pattern";
import { type Replacements, resolve } from "../pattern/resolve";
import { ACCOUNT, ACCOUNT_TAGS, DETECTIONS, EXPIRES, ID, OWNER, REASON, UNIT } from "./rules";
import { isDay } from "./suppression";

/** What keeps a suppression from working. */
export interface Problem {
  /** Where: `pattern.detail.eventName[0]`. */
  readonly path: string;
  readonly problem: string;
  /** The id that there is no detection of, where that is the problem. */
  readonly unknownDetection?: string;
}

/**
 * Everything that is wrong with a suppression: the same for the synth and for the function.
 *
 * @param value the suppression as parsed JSON, whatever it is
 * @param detections every one that there is
 * @param names what placeholders stand for
 */
export function suppressionProblems(
  value: unknown,
  detections: readonly Detection[],
  names: Replacements,
): readonly Problem[] {
  if (!isObject(value)) return [{ path: "", problem: `must be an object, and is ${kindOf(value)}` }];
  const { id, owner, reason, expires } = value;
  return [
    ...textProblems("id", id, ID),
    ...detectionProblems(value.detections, detections),
    ...patternProblems(value.pattern, names),
    ...listProblems("accounts", value.accounts, ACCOUNT),
    ...listProblems("organizationalUnits", value.organizationalUnits, UNIT),
    ...(value.accountTags === undefined || areTags(value.accountTags)
      ? []
      : [{ path: "accountTags", problem: `must be ${ACCOUNT_TAGS}` }]),
    ...textProblems("owner", owner, OWNER),
    ...textProblems("reason", reason, REASON),
    // What is always on has none.
    ...(expires === undefined || (typeof expires === "string" && isDay(expires))
      ? []
      : [{ path: "expires", problem: `must be ${EXPIRES.allowed}` }]),
  ];
}

function textProblems(path: string, value: unknown, { allowed, pattern }: typeof ID): readonly Problem[] {
  return typeof value === "string" && pattern.test(value) ? [] : [{ path, problem: `must be ${allowed}` }];
}

/** Absent, or texts of which there is at least one. */
function listProblems(path: string, value: unknown, rule: typeof ID): readonly Problem[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length === 0) {
    return [{ path, problem: `must be a list with at least one item: ${rule.allowed}` }];
  }
  return value.flatMap((item, index) => textProblems(`${path}[${index}]`, item, rule));
}

function areTags(value: unknown): boolean {
  if (!isObject(value)) return false;
  const values = Object.values(value);
  return values.length > 0 && values.every((each) => typeof each === "string");
}

function detectionProblems(value: unknown, detections: readonly Detection[]): readonly Problem[] {
  if (value === "*") return [];
  if (!Array.isArray(value) || value.length === 0) {
    return [{ path: "detections", problem: `must be ${DETECTIONS}` }];
  }
  return value.flatMap((id: unknown, index) => {
    const path = `detections[${index}]`;
    const detection = detections.find((each) => each.id === id);
    if (!detection) {
      return [{ path, problem: `unknown detection ${JSON.stringify(id)}`, unknownDetection: String(id) }];
    }
    if (detection.route !== "topic") return [];
    return [
      {
        path,
        problem: `${detection.id} can't be suppressed: EventBridge alerts on it directly; leave it out, or add it to disabledDetections`,
      },
    ];
  });
}

function patternProblems(pattern: unknown, names: Replacements): readonly Problem[] {
  if (!isObject(pattern)) return [{ path: "pattern", problem: `must be an event pattern, and is ${kindOf(pattern)}` }];
  try {
    compilePattern(resolve(pattern as EventPattern, names));
    return [];
  } catch (error) {
    if (!(error instanceof PatternError)) return [{ path: "pattern", problem: (error as Error).message }];
    const path = `pattern${error.path.slice(1)}`;
    return [{ path, problem: error.message.slice(error.path.length + 2) }];
  }
}
