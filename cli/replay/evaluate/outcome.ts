import type { Detection } from "../../../detection/definition/detection";
import { oneLine } from "../../../detection/events/text";
import type { FoundSources } from "../../log-sources/find-sources";
import type { DetectionOutcome, ReplayAlert, ReplayProblem, ReplayResult } from "../result/replay-result";
import { decide } from "./decide";
import type { AlertedEvent } from "./found-match";
import type { KeptMatch, MatchStore } from "./match-store";
import type { Plan, Setup } from "./setup";

/** Characters. They come from a configuration, which may be that of a pull request. */
const TITLE = 100;
const REASON = 300;

/** Decides on everything that was found, with the detections and suppressions of one setup. */
export async function outcomeOf(
  plan: Plan,
  setup: number,
  matchStore: MatchStore,
  found: Pick<FoundSources, "leftOut" | "unreadable">,
): Promise<ReplayResult> {
  const alerted: { readonly match: KeptMatch; readonly alert: ReplayAlert }[] = [];
  const detections: DetectionOutcome[] = [];
  const suppressed = new Map<string, number>();
  for (const [number, { detection, setups }] of plan.asked.entries()) {
    if (!setups.includes(setup)) continue;
    const matches = matchStore.matches(number);
    if (matches.length === 0) continue;
    for (const { suppressedBy } of matches) {
      const id = suppressedBy[setup];
      if (id !== undefined) suppressed.set(id, (suppressed.get(id) ?? 0) + 1);
    }
    const decided = await decide(detection, matches, setup);
    for (const match of decided.alerted)
      alerted.push({ match, alert: alertOf(detection, match, matchStore.nameOf(match)) });
    detections.push(outcome(detection, decided));
  }
  const { suppressions, detections: asked } = plan.setups[setup] as Setup;
  return {
    // Alike ones stay in the order of the detections.
    alerts: alerted.sort((a, b) => matchStore.inOrder(a.match, b.match)).map(({ alert }) => alert),
    detections,
    asked: asked.length,
    suppressions: suppressions.flatMap(({ id, reason }) => {
      const matches = suppressed.get(id) ?? 0;
      return matches > 0 ? [{ id, reason: oneLine(reason, REASON), matches }] : [];
    }),
    files: {
      ...matchStore.files,
      leftOut: found.leftOut,
      unreadable: [...found.unreadable.map(inOneLine), ...matchStore.unreadable],
    },
    records: { ...matchStore.records, firstProcessingErrors: matchStore.firstProcessingErrors },
  };
}

function inOneLine({ file, reason }: ReplayProblem): ReplayProblem {
  return { file: oneLine(file, 1_024), reason: oneLine(reason, REASON) };
}

function outcome(
  { id, title, severity, tier, attack }: Detection,
  { days, summaries }: Pick<DetectionOutcome, "days" | "summaries">,
): DetectionOutcome {
  return {
    detection: id,
    title: oneLine(title, TITLE),
    severity,
    tier,
    ...(attack && { technique: attack.technique }),
    summaries,
    days,
  };
}

function alertOf({ id, severity, tier, title }: Detection, { event, ...match }: KeptMatch, file: string): ReplayAlert {
  const eventTime = match.time === 0 ? "unknown" : new Date(match.time).toISOString();
  const unknown: AlertedEvent = {
    ...{ eventID: match.id, eventTime, eventSource: "unknown", eventName: "unknown", account: "unknown" },
    ...{ region: "unknown", actor: match.window.actor, sourceIPAddress: "unknown", userAgent: "unknown" },
    ...{ accessKeyId: "unknown", outcome: "unknown", errorCode: "", errorMessage: "", target: "unknown" },
    ...{ requestParameters: "", responseElements: "" },
  };
  // Let go of only where two events of different times have one id.
  return { detection: id, severity, tier, title: oneLine(title, TITLE), ...(event ?? unknown), file };
}
