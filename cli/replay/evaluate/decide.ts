import { Decider } from "../../../alerting/outcomes/decide";
import type { AlertCandidate } from "../../../alerting/outcomes/match";
import { inSequence, type Outcome } from "../../../alerting/outcomes/outcome";
import type { Particulars } from "../../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../../alerting/windows/memory-alert-state";
import type { Detection } from "../../../detection/definition/detection";
import { dayOf } from "../result/day";
import type { DayOutcome } from "../result/replay-result";
import type { KeptMatch } from "./match-store";

/** What became of a detection's matches. */
export interface Decided {
  /** Those that would have been reported one by one: by an alert, or in a digest. */
  readonly alerted: readonly KeptMatch[];
  readonly days: readonly DayOutcome[];
  readonly summaries: number;
}

interface ReplayedMatch extends AlertCandidate {
  readonly match: KeptMatch;
}

/** A replay counts summaries and writes none. */
const UNUSED: Particulars = { eventName: "", region: "", time: "" };

/**
 * Decides on the matches of one detection as the function would have, had only their log files come: no detection has a say in what
 * becomes of another's matches. The limit of alerts per hour, which is one of the clock, is left out.
 *
 * @param matches in the order of event time
 * @param setup number of the setup whose suppressions count
 */
export async function decide(detection: Detection, matches: readonly KeptMatch[], setup: number): Promise<Decided> {
  const days = new Map<string, Counts>();
  const candidates: ReplayedMatch[] = [];
  for (const match of matches) {
    const counts = countsOf(days, match);
    counts.matches++;
    if (match.suppressedBy[setup] === undefined) candidates.push(candidateOf(detection, match));
    else counts.suppressed++;
  }
  const store = new MemoryAlertState();
  const now = matches.at(-1)?.time ?? 0;
  const decider = new Decider<ReplayedMatch>({
    store,
    lease: () => ({ owner: "replay", now, until: now }),
    remainingMs: () => Number.POSITIVE_INFINITY,
  });
  const alerted: KeptMatch[] = [];
  const summarized = new Set<string>();
  for await (const outcome of inSequence(decider.decide(candidates))) {
    const { match, window } = outcome.candidate;
    countsOf(days, match)[columnOf(outcome)]++;
    if (outcome.kind === "publish") await store.confirm(outcome.place, "published");
    if (outcome.kind === "publish" || outcome.kind === "digested") alerted.push(match);
    // Each window with something grouped behind its alert is summed up once, when it is over.
    if (outcome.kind === "grouped") summarized.add(window.id);
  }
  return {
    alerted,
    days: [...days].map(([day, counts]) => ({ day, ...counts })),
    summaries: summarized.size,
  };
}

type Counts = { -readonly [column in Exclude<keyof DayOutcome, "day">]: number };

/** Days as `DayOutcome` names them, in the order of their matches. */
function countsOf(days: Map<string, Counts>, { time }: KeptMatch): Counts {
  const day = dayOf(time);
  let counts = days.get(day);
  if (!counts) {
    counts = { matches: 0, alerts: 0, digested: 0, grouped: 0, counted: 0, suppressed: 0, duplicates: 0 };
    days.set(day, counts);
  }
  return counts;
}

/** @throws for what no replay comes to: its store keeps every step, and nothing else asks it */
function columnOf(outcome: Outcome<ReplayedMatch>): keyof Counts {
  switch (outcome.kind) {
    case "publish":
      return "alerts";
    // One detection alone never merges.
    case "merged":
    case "duplicate":
    case "repeated":
      return "duplicates";
    case "grouped":
      return "grouped";
    case "counted":
    case "digested":
      return outcome.kind;
    case "retry":
      throw new Error(`${outcome.candidate.detection.id}: ${outcome.reason}`, { cause: outcome.error });
  }
}

function candidateOf(detection: Detection, match: KeptMatch): ReplayedMatch {
  const { id, time, window } = match;
  return { detection, path: "log", id, time, window, particulars: UNUSED, match };
}
