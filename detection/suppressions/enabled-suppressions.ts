import type { Detection } from "../definition/detection";
import type { EventEnvelope } from "../events/envelope";
import { eventTimeMs } from "../events/event-time";
import { isObject, textAt } from "../events/json";
import { type CompiledPatterns, compilePatterns } from "../pattern/compile";
import { matching } from "../pattern/match";
import { type Replacements, resolve } from "../pattern/resolve";
import { suppressionProblems } from "./check-suppression";
import { covers, hasExpired, type Suppression } from "./suppression";

/** The suppressions that can work, with their patterns ready to be matched all at once. */
export interface EnabledSuppressions {
  readonly suppressions: readonly Suppression[];
  /** Of the suppressions, in their order. */
  readonly patterns: CompiledPatterns;
}

export const NO_SUPPRESSIONS: EnabledSuppressions = { suppressions: [], patterns: compilePatterns([]) };

/**
 * Compiles suppressions. One that can't work leaves the others standing and suppresses nothing: it is handed to `refused`.
 *
 * @param values the suppressions as parsed JSON
 * @param detections every one that there is
 * @param names what placeholders stand for
 */
export function enableSuppressions(
  values: readonly unknown[],
  detections: readonly Detection[],
  names: Replacements,
  refused: (id: string, reason: string) => void,
): EnabledSuppressions {
  const suppressions = values.filter((value, index): value is Suppression => {
    const [first] = suppressionProblems(value, detections, names);
    if (!first) return true;
    refused(
      (isObject(value) && textAt(value, "id")) || `suppression ${index}`,
      `${first.path} ${first.problem}`.trim(),
    );
    return false;
  });
  return { suppressions, patterns: compilePatterns(suppressions.map(({ pattern }) => resolve(pattern, names))) };
}

/** What becomes of one match. */
export interface Ruling {
  /** The suppression that it falls under, the first that does. */
  readonly suppressedBy?: string;
  /** The suppression that it would fall under, had that not expired before the event. */
  readonly expired?: string;
}

/**
 * Whether matches of one event are suppressed. What expires is compared with the time of the event, so that a retry, the
 * other path and a replay say the same.
 */
export function rulingsOn(
  { suppressions, patterns }: EnabledSuppressions,
  event: EventEnvelope,
): (detection: Detection) => Ruling {
  if (suppressions.length === 0) return () => ({});
  const matched = matching(patterns, event).map((number) => suppressions[number] as Suppression);
  const time = eventTimeMs(event);
  return (detection) => {
    const covering = matched.filter((suppression) => covers(suppression, detection));
    const suppressedBy = covering.find((suppression) => !hasExpired(suppression, time))?.id;
    if (suppressedBy !== undefined) return { suppressedBy };
    const [first] = covering;
    return first ? { expired: first.id } : {};
  };
}
