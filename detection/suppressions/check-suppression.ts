import type { Detection } from "../definition/detection";
import { isObject, kindOf } from "../events/json";
import { compilePattern } from "../pattern/compile";
import { type EventPattern, PatternError } from "../pattern/pattern";
import { type Replacements, resolve } from "../pattern/resolve";
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
    ...(typeof id === "string" && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)
      ? []
      : [{ path: "id", problem: "must be lower-case words joined by -, such as nightly-clean-up" }]),
    ...detectionProblems(value.detections, detections),
    ...patternProblems(value.pattern, names),
    ...Object.entries({ owner, reason }).flatMap(([path, text]) =>
      typeof text === "string" && text.trim() !== "" ? [] : [{ path, problem: "must be a non-empty string" }],
    ),
    ...(expires === undefined || (typeof expires === "string" && isDay(expires))
      ? []
      : [{ path: "expires", problem: "must be a day such as 2026-12-31" }]),
  ];
}

function detectionProblems(value: unknown, detections: readonly Detection[]): readonly Problem[] {
  if (value === "*") return [];
  if (!Array.isArray(value) || value.length === 0) {
    return [{ path: "detections", problem: 'must be a list of detection ids, or "*" for all that are not critical' }];
  }
  return value.flatMap((id: unknown, index) => {
    const path = `detections[${index}]`;
    const detection = detections.find((each) => each.id === id);
    if (!detection) {
      return [{ path, problem: `there is no detection ${JSON.stringify(id)}`, unknownDetection: String(id) }];
    }
    if (detection.route !== "topic") return [];
    return [
      {
        path,
        problem: `${detection.id} can't be suppressed: EventBridge sends it to the urgent topic directly; remove it here, or disable it with disabledDetections`,
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
