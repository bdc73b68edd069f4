import type { ClosingWindow } from "../seen/seen-store";
import { type Notice, SMS_BYTES, SUBJECT_LENGTH } from "./notice";
import { gravest, most, type Tallied, type Totals } from "./summary";
import { ascii, isoTime } from "./text";

/** One detection and actor of a day. */
export interface DigestEntry {
  readonly window: ClosingWindow;
  readonly totals: Totals;
}

interface Section {
  readonly detection: string;
  readonly title: string;
  readonly severity: string;
  readonly count: number;
  readonly actors: readonly Tallied[];
  readonly calls: readonly Tallied[];
}

/** What happened that nobody needs to be told of at once, once a day. */
export function digestNotice(entries: readonly DigestEntry[], account: string, region: string): Notice {
  const sections = sectionsOf(entries);
  const days = [...new Set(entries.map(({ window }) => isoTime(window.start).slice(0, 10)))].sort();
  const day = days.length > 1 ? `${days[0]} to ${days.at(-1)}` : (days[0] ?? "");
  const severity = gravest(sections.map((section) => section.severity));
  const count = sections.reduce((sum, section) => sum + section.count, 0);
  return {
    subject: ascii(`[DIGEST] ${count} changes on ${day} in ${account}`).slice(0, SUBJECT_LENGTH),
    email: `Digest of ${day} (UTC), account ${account}: worth knowing, not worth waking anybody

${sections.map(paragraph).join("\n")}
Each is in the log archive, and for 90 days in CloudTrail's event history.
`,
    sms: ascii(`DIGEST ${day} ${account}: ${sections.map(({ title, count: n }) => `${title} x${n}`).join(", ")}`).slice(
      0,
      SMS_BYTES,
    ),
    json: {
      kind: "digest",
      day,
      account,
      severity,
      detections: sections.map(({ actors, calls, ...section }) => ({
        ...section,
        actors: actors.map(({ name, count: times }) => ({ actor: name, count: times })),
        calls: calls.map(({ name, count: times }) => ({ eventName: name, count: times })),
      })),
    },
    attributes: { severity, detection: "digest", account, region },
  };
}

function paragraph({ severity, title, detection, count, actors, calls }: Section): string {
  return `${severity.toUpperCase()}: ${title} ×${count} (${detection})
  Who    ${most(actors)}
  Calls  ${most(calls)}
`;
}

function sectionsOf(entries: readonly DigestEntry[]): readonly Section[] {
  const byDetection = new Map<string, DigestEntry[]>();
  for (const entry of entries) {
    const same = byDetection.get(entry.window.detection);
    if (same) same.push(entry);
    else byDetection.set(entry.window.detection, [entry]);
  }
  return [...byDetection.values()]
    .map((same) => {
      const { detection, title, severity } = (same[0] as DigestEntry).window;
      const actors = added(
        same.map(({ window, totals }) => ({ name: window.actor, count: totals.count - window.told })),
      );
      const calls = added(same.flatMap(({ totals }) => totals.calls));
      return { detection, title, severity, count: actors.reduce((sum, actor) => sum + actor.count, 0), actors, calls };
    })
    .sort((a, b) => b.count - a.count);
}

function added(tallied: readonly Tallied[]): readonly Tallied[] {
  const counts = new Map<string, number>();
  for (const { name, count } of tallied) counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}
