import { Decider } from "../../../alerting/outcomes/decide";
import type { AlertCandidate } from "../../../alerting/outcomes/match";
import { inSequence, type Outcome } from "../../../alerting/outcomes/outcome";
import type { Particulars } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import type { Detection } from "../../../detection/definition/detection";
import { dayOf } from "../result/day";
import type { DayOutcome } from "../result/replay-result";
import type { KeptMatch } from "./match-store";

/** What became of one detection's matches. */
export interface Decided {
  readonly days: readonly DayOutcome[];
  readonly summaries: number;
}

/** A match that would have been reported one by one: by an alert that its detection leads, or in a digest. */
export interface Reported {
  readonly detection: Detection;
  readonly match: KeptMatch;
}

/** The matches of one detection, in the order of event time. */
export interface Found {
  readonly detection: Detection;
  readonly matches: readonly KeptMatch[];
}

interface ReplayedMatch extends AlertCandidate {
  readonly match: KeptMatch;
}

/** A replay counts summaries and writes none. */
const UNUSED: Particulars = { eventName: "", region: "", time: "" };

/**
 * Decides on the matches of all detections as the function would have, had only their log files come, and all of them at once. The limit
 * of alerts per hour, which is one of the clock, is left out.
 *
 * @param setup number of the setup whose suppressions count
 */
export async function decide(
  found: readonly Found[],
  setup: number,
): Promise<{ readonly reported: readonly Reported[]; readonly of: ReadonlyMap<Detection, Decided> }> {
  const counts = new Map(found.map(({ detection }) => [detection, new DetectionCounts()]));
  const countsOf = (detection: Detection) => counts.get(detection) as DetectionCounts;
  const candidates: ReplayedMatch[] = [];
  for (const { detection, matches } of found) {
    for (const match of matches) {
      const day = countsOf(detection).on(match);
      day.matches++;
      if (match.suppressedBy[setup] !== undefined) day.suppressed++;
      else candidates.push(candidateOf(detection, match));
    }
  }
  const store = new MemoryAlertState();
  const now = found.reduce((latest, { matches }) => Math.max(latest, matches.at(-1)?.time ?? 0), 0);
  const decider = new Decider<ReplayedMatch>({
    store,
    lease: () => ({ owner: "replay", now, until: now }),
    remainingMs: () => Number.POSITIVE_INFINITY,
  });
  const reported: Reported[] = [];
  for await (const outcome of inSequence(decider.decide(candidates))) {
    const { detection, match, window } = outcome.candidate;
    const its = countsOf(detection);
    its.on(match)[columnOf(outcome)]++;
    if (outcome.kind === "publish" || outcome.kind === "merged") await store.confirm(outcome.place, "published");
    if (outcome.kind === "publish" || outcome.kind === "digested") reported.push({ detection, match });
    // Each window with something grouped behind its alert is summed up once, when it is over.
    if (outcome.kind === "grouped") its.summarized.add(window.id);
  }
  return { reported, of: new Map([...counts].map(([detection, its]) => [detection, its.decided])) };
}

type Counts = { -readonly [column in Exclude<keyof DayOutcome, "day">]: number };

/** What becomes of one detection's matches, counted up. */
class DetectionCounts {
  readonly summarized = new Set<string>();
  readonly #days = new Map<string, Counts>();

  /** Days as `DayOutcome` names them, in the order of their matches. */
  on({ time }: KeptMatch): Counts {
    const day = dayOf(time);
    let counts = this.#days.get(day);
    if (!counts) {
      counts = { matches: 0, alerts: 0, merged: 0, digested: 0, grouped: 0, counted: 0, suppressed: 0, duplicates: 0 };
      this.#days.set(day, counts);
    }
    return counts;
  }

  get decided(): Decided {
    return {
      days: [...this.#days].map(([day, counts]) => ({ day, ...counts })),
      summaries: this.summarized.size,
    };
  }
}

/** @throws for what no replay comes to: its store keeps every step, and nothing else asks it */
function columnOf(outcome: Outcome<ReplayedMatch>): keyof Counts {
  switch (outcome.kind) {
    case "publish":
      return "alerts";
    case "duplicate":
    case "repeated":
      return "duplicates";
    case "merged":
    case "grouped":
    case "counted":
    case "digested":
      return outcome.kind;
    case "retry":
      throw new Error(`${outcome.candidate.detection.id}: ${outcome.reason}`, { cause: outcome.error });
  }
}

function candidateOf(detection: Detection, match: KeptMatch): ReplayedMatch {
  const { id, namesCaller, time, window } = match;
  return { detection, path: "log", id, namesCaller, time, window, particulars: UNUSED, match };
}
