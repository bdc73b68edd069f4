import { closeWindows } from "../../../alerting/jobs/close-windows";
import { alertRenderer } from "../../../alerting/notices/alert-renderer";
import { NO_LABELS } from "../../../alerting/notices/labels";
import type { Notice } from "../../../alerting/notices/notice";
import type { Ports } from "../../../alerting/pipeline/ports";
import { Settler, type Settling } from "../../../alerting/pipeline/settle";
import { Tally } from "../../../alerting/tally";
import { MemoryStore } from "../../../alerting/windows/memory-store";
import type { Detection } from "../../../detection/definition/detection";
import type { EventEnvelope } from "../../../detection/events/envelope";
import { dayOf } from "../result/day";
import type { DayOutcome } from "../result/replay-result";
import type { KeptMatch } from "./gathered";

const DAY_MS = 24 * 3_600_000;

/** What became of a detection's matches. */
export interface Decided {
  /** Of those that would have been told: by an alert, or in a digest. In order. */
  readonly told: readonly KeptMatch[];
  readonly days: readonly DayOutcome[];
  readonly summaries: number;
}

/**
 * Decides on the matches of one detection as the function would have, had only their log files come: none has a say in what
 * becomes of another's. All windows are closed in the end; the limit of alerts per hour, which is one of the clock, is left out.
 *
 * @param matches in the order of event time
 * @param setup number of the setup whose suppressions count
 */
export async function decide(detection: Detection, matches: readonly KeptMatch[], setup: number): Promise<Decided> {
  const published = new Set<string>();
  const latest = matches.at(-1)?.time ?? 0;
  let now = latest;
  const ports = portsOf(
    () => now,
    ({ json }) => {
      if ("eventID" in json) published.add(String(json.eventID));
    },
  );
  const tally = new Tally();
  const settler = new Settler(ports, tally);
  const days: DayOutcome[] = [];
  for (const [day, its] of byDay(matches)) {
    const before = { ...tally.matches };
    const standing = its.filter(({ suppressedBy }) => suppressedBy[setup] === undefined);
    const failures = await settler.settle(standing.map((match) => settlingOf(detection, match)));
    for (const reason of failures.values()) throw new Error(`${detection.id}: ${reason}`);
    const made = (outcome: keyof typeof before) => tally.matches[outcome] - before[outcome];
    days.push({
      day,
      matches: its.length,
      alerts: made("published"),
      digested: made("digested"),
      folded: made("folded"),
      counted: made("counted"),
      suppressed: its.length - standing.length,
      repeated: made("duplicate"),
    });
  }
  // When the last of them can be closed.
  now = latest + 3 * DAY_MS;
  const failure = await closeWindows(ports, tally);
  if (failure !== undefined) throw new Error(`${detection.id}: ${failure}`);
  const isTold = ({ id }: KeptMatch) => detection.tier === "digest" || published.has(id);
  return { told: firstOfEach(matches, setup, isTold), days, summaries: tally.notices.summaries };
}

function portsOf(now: () => number, publish: (notice: Notice) => void): Ports {
  return {
    fetchObject: readBefore,
    readLogFile: readBefore,
    performTask: readBefore,
    publish: async (notice) => publish(notice),
    store: new MemoryStore(),
    log: { finding: () => {}, info: () => {} },
    renderAlert: alertRenderer(NO_LABELS),
    remainingMs: () => Number.POSITIVE_INFINITY,
    lease: () => ({ owner: "replay", now: now(), until: now() }),
    account: "",
    region: "",
    maxAlertsPerHour: Number.POSITIVE_INFINITY,
    labels: NO_LABELS,
    publishedAfter: () => {},
  };
}

async function readBefore(): Promise<never> {
  throw new Error("log files have been read before");
}

/** Days as `DayOutcome` names them, in the order of their matches. */
function byDay(matches: readonly KeptMatch[]): ReadonlyMap<string, readonly KeptMatch[]> {
  const days = new Map<string, KeptMatch[]>();
  for (const match of matches) {
    const day = dayOf(match.time);
    const its = days.get(day);
    if (its) its.push(match);
    else days.set(day, [match]);
  }
  return days;
}

/** Deciding asks of the record no more than who it is and when; all the rest has been worked out where it was read. */
function settlingOf(detection: Detection, { id, time, window }: KeptMatch): Settling {
  const eventTime = time === 0 ? "" : new Date(time).toISOString();
  const event: EventEnvelope = {
    "detail-type": "",
    source: "",
    account: "",
    region: "",
    time: eventTime,
    detail: { eventSource: "", eventName: "", eventID: id, eventTime },
  };
  return { detection, event, path: "log", id, window };
}

function firstOfEach(
  matches: readonly KeptMatch[],
  setup: number,
  isTold: (match: KeptMatch) => boolean,
): readonly KeptMatch[] {
  const first = new Map<string, KeptMatch>();
  for (const match of matches) {
    if (match.suppressedBy[setup] === undefined && isTold(match) && !first.has(match.id)) first.set(match.id, match);
  }
  return [...first.values()];
}
