import { gzipSync } from "node:zlib";
import { enableDetections } from "../lambda-src/decide/enabled-detections";
import type { EnabledSuppressions } from "../lambda-src/decide/enabled-suppressions";
import { matchedDetections } from "../lambda-src/decide/matched-detections";
import { eventTimeMs } from "../lambda-src/decide/window";
import type { Detection } from "../lambda-src/detections/detection";
import { logFileScanner } from "../lambda-src/log-file-scanner";
import type { Names } from "../lambda-src/names";
import { processMessages } from "../lambda-src/pipeline";
import type { Notice } from "../lambda-src/publish/notice";
import { parseRecord } from "../lambda-src/read/cloudtrail-record";
import { type EventEnvelope, wrapRecord } from "../lambda-src/read/envelope";
import type { Content } from "../lambda-src/read/message";
import { MemoryStore } from "../lambda-src/seen/memory-store";
import type { Tally } from "../lambda-src/tally";

const DAY_MS = 24 * 3_600_000;
const KEY = "AWSLogs/all/CloudTrail/all.json.gz";

/** What one detection makes of some records: `matches` is the sum of `suppressed` to `digested`. */
export interface Verdict {
  readonly detection: Detection;
  readonly matches: number;
  readonly suppressed: number;
  /** Told by an alert of its own. */
  readonly alerts: number;
  /** The same event again. */
  readonly repeated: number;
  readonly folded: number;
  readonly counted: number;
  readonly digested: number;
  /** Of what was folded. */
  readonly summaries: number;
  /** Days on which the digest tells of it. */
  readonly digests: number;
  /** Matches by event name, the most frequent first. */
  readonly calls: readonly (readonly [string, number])[];
}

export interface Judgement {
  readonly records: number;
  /** Records that nobody could judge. */
  readonly unjudgeable: number;
  /** Of the detections that match anything, in the catalogue's order. */
  readonly verdicts: readonly Verdict[];
}

/**
 * What the deployed function would have told of these records in the end, had only their log files come: all windows are closed, all
 * digests sent. The limit of alerts per hour, which is one of the clock, is left out.
 *
 * @param records parsed JSON, in any order
 * @param detections what is switched on
 * @throws when a detection can't be used
 */
export async function judgement(
  records: readonly unknown[],
  detections: readonly Detection[],
  suppressions: EnabledSuppressions,
  names: Names,
): Promise<Judgement> {
  const enabled = enable(detections, names);
  const events: EventEnvelope[] = [];
  const matched = new Map<Detection, EventEnvelope[]>(detections.map((detection) => [detection, []]));
  for (const record of records) {
    try {
      const event = wrapRecord(parseRecord(record));
      for (const detection of matchedDetections(enabled, event)) matched.get(detection)?.push(event);
      events.push(event);
    } catch {
      // Counted below.
    }
  }
  const now = events.reduce((latest, event) => Math.max(latest, eventTimeMs(event)), 0);
  const verdicts: Verdict[] = [];
  for (const [detection, its] of matched) {
    if (its.length > 0) verdicts.push(await verdictOf(detection, its, suppressions, names, now));
  }
  return { records: records.length, unjudgeable: records.length - events.length, verdicts };
}

function enable(detections: readonly Detection[], names: Names) {
  return enableDetections(
    detections,
    ({ id }, error) => {
      throw new Error(`detection ${id}: ${error.message}`);
    },
    names,
  );
}

/** The pipeline for one detection alone: none has a say in what becomes of another's matches. */
async function verdictOf(
  detection: Detection,
  events: readonly EventEnvelope[],
  suppressions: EnabledSuppressions,
  names: Names,
  now: number,
): Promise<Verdict> {
  const enabled = enable([detection], names);
  const file = gzipSync(JSON.stringify({ Records: events.map(({ detail }) => detail) }));
  const store = new MemoryStore();
  const published: Notice[] = [];
  const run = async (content: Content, at: number): Promise<Tally> => {
    const ports = {
      fetchObject: async () => file,
      readLogFile: logFileScanner(enabled),
      publish: async (notice: Notice) => {
        published.push(notice);
      },
      store,
      log: { finding: () => {}, info: () => {} },
      remainingMs: () => Number.POSITIVE_INFINITY,
      lease: () => ({ owner: String(at), now: at, until: at + 120_000 }),
      account: names.account,
      region: names.region,
      maxAlertsPerHour: Number.POSITIVE_INFINITY,
      publishedAfter: () => {},
    };
    const { failures, tally } = await processMessages(
      [{ id: "1", content }],
      (event) => matchedDetections(enabled, event),
      ports,
      suppressions,
    );
    const [failure] = failures;
    if (failure !== undefined) throw new Error(`${detection.id}: ${failure}`);
    return tally;
  };
  const { matches } = await run({ kind: "delivery", bucket: names.bucket, keys: [KEY] }, now);
  await run({ kind: "task", task: "close-windows" }, now + 3 * DAY_MS);
  // Each day has its digest.
  const days = new Set(events.map((event) => Math.floor(eventTimeMs(event) / DAY_MS))).size;
  const digest = await run({ kind: "task", task: "send-digest" }, now + 3 * DAY_MS);
  const ofKind = (kind: string) => published.filter(({ json }) => "kind" in json && json.kind === kind).length;
  return {
    detection,
    matches: matches.made,
    suppressed: matches.suppressed,
    alerts: matches.published,
    repeated: matches.duplicate,
    folded: matches.folded,
    counted: matches.counted,
    digested: matches.digested,
    summaries: ofKind("summary"),
    digests: digest.notices.digests * days,
    calls: callsOf(events),
  };
}

function callsOf(events: readonly EventEnvelope[]): readonly (readonly [string, number])[] {
  const calls = new Map<string, number>();
  for (const { detail } of events) {
    const name = String(detail.eventName);
    calls.set(name, (calls.get(name) ?? 0) + 1);
  }
  return [...calls].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
