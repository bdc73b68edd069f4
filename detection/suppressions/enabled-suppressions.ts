import type { Detection } from "../definition/detection";
import { type AccountPlace, accountOf, asksPlace, inScope } from "../events/account-scope";
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
  /** Whether one asks for organizational units or tags of accounts. */
  readonly askPlaces: boolean;
}

export const NO_SUPPRESSIONS: EnabledSuppressions = {
  suppressions: [],
  patterns: compilePatterns([]),
  askPlaces: false,
};

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
  return {
    suppressions,
    patterns: compilePatterns(suppressions.map(({ pattern }) => resolve(pattern, names))),
    askPlaces: suppressions.some(asksPlace),
  };
}

/** What becomes of one match. */
export interface Ruling {
  /** The suppression that it falls under, the first that does. */
  readonly suppressedBy?: string;
  /** The suppression that it would fall under, had that not expired before the event. */
  readonly expired?: string;
  /** The first that might cover it, had the account's organizational units or tags been known. */
  readonly unknownPlace?: string;
}

/**
 * Whether matches of one event are suppressed. What expires is compared with the time of the event, so that a retry, the
 * other path and a replay say the same.
 *
 * @param placeOf what is known of an account: a suppression that depends on more than that suppresses nothing
 */
export function rulingsOn(
  { suppressions, patterns }: EnabledSuppressions,
  event: EventEnvelope,
  placeOf: (account: string) => AccountPlace | undefined = () => undefined,
): (detection: Detection) => Ruling {
  if (suppressions.length === 0) return () => ({});
  const account = accountOf(event);
  const matched: Suppression[] = [];
  const unknown: Suppression[] = [];
  for (const number of matching(patterns, event)) {
    const suppression = suppressions[number] as Suppression;
    const isIn = inScope(suppression, account, asksPlace(suppression) ? placeOf(account) : undefined);
    if (isIn !== false) (isIn ? matched : unknown).push(suppression);
  }
  const time = eventTimeMs(event);
  return (detection) => {
    const covering = matched.filter((suppression) => covers(suppression, detection));
    const suppressedBy = covering.find((suppression) => !hasExpired(suppression, time))?.id;
    if (suppressedBy !== undefined) return { suppressedBy };
    const [first] = covering;
    const undecided = unknown.find((suppression) => covers(suppression, detection) && !hasExpired(suppression, time));
    return { ...(first && { expired: first.id }), ...(undecided && { unknownPlace: undecided.id }) };
  };
}
