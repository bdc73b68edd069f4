import { type Detection, SEVERITIES } from "../../../detection/definition/detection";
import { oneLine } from "../../../detection/events/text";
import type { FoundSources } from "../../log-sources/find-sources";
import type { DetectionOutcome, ReplayAlert, ReplayProblem, ReplayResult } from "../result/replay-result";
import { type Decided, decide, type Found, type Reported } from "./decide";
import type { AlertedEvent } from "./found-match";
import { withIncidents } from "./incidents";
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
  sources: Pick<FoundSources, "leftOut" | "unreadable">,
): Promise<ReplayResult> {
  const suppressed = new Map<string, number>();
  const found = [...plan.asked.entries()]
    .filter(([, { setups }]) => setups.includes(setup))
    .map(([number, { detection }]) => ({ detection, matches: matchStore.matches(number) }))
    .filter(({ matches }) => matches.length > 0);
  for (const { suppressedBy } of found.flatMap(({ matches }) => matches)) {
    const id = suppressedBy[setup];
    if (id !== undefined) suppressed.set(id, (suppressed.get(id) ?? 0) + 1);
  }
  const { reported, of } = await decide(found, setup);
  const others = alsoMatched(found, reported, setup);
  const alerts = [...reported]
    // Digest lines of one event stay in the order of the detections.
    .sort((a, b) => matchStore.inOrder(a.match, b.match) || orderOf(found, a) - orderOf(found, b))
    .map(({ detection, match }) => ({
      ...alertOf(detection, match, matchStore.nameOf(match)),
      alsoMatched: detection.tier === "digest" ? [] : (others.get(match.id) ?? []).filter((id) => id !== detection.id),
    }));
  const { suppressions, detections: asked, incidentMinutes } = plan.setups[setup] as Setup;
  return {
    ...(await withIncidents(alerts, incidentMinutes)),
    detections: found.map(({ detection }) => outcome(detection, of.get(detection) as Decided)),
    asked: asked.length,
    suppressions: suppressions.flatMap(({ id, reason }) => {
      const matches = suppressed.get(id) ?? 0;
      return matches > 0 ? [{ id, reason: oneLine(reason, REASON), matches }] : [];
    }),
    files: {
      ...matchStore.files,
      leftOut: sources.leftOut,
      unreadable: [...sources.unreadable.map(inOneLine), ...matchStore.unreadable],
    },
    records: { ...matchStore.records, firstProcessingErrors: matchStore.firstProcessingErrors },
  };
}

/** By event: ids of the detections that would alert of it and are not suppressed, most severe first. */
function alsoMatched(
  found: readonly Found[],
  reported: readonly Reported[],
  setup: number,
): ReadonlyMap<string, readonly string[]> {
  const byEvent = new Map(reported.map(({ match }) => [match.id, [] as string[]]));
  for (const severity of SEVERITIES) {
    for (const { detection, matches } of found) {
      if (detection.severity !== severity || detection.tier !== "alert") continue;
      for (const { id, suppressedBy } of matches) {
        const ids = byEvent.get(id);
        if (suppressedBy[setup] === undefined && ids?.includes(detection.id) === false) ids.push(detection.id);
      }
    }
  }
  return byEvent;
}

function orderOf(found: readonly Found[], { detection }: Reported): number {
  return found.findIndex((each) => each.detection === detection);
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

function alertOf(
  { id, severity, tier, title }: Detection,
  { event, ...match }: KeptMatch,
  file: string,
): Omit<ReplayAlert, "alsoMatched"> {
  const eventTime = match.time === 0 ? "unknown" : new Date(match.time).toISOString();
  const unknown: AlertedEvent = {
    ...{
      eventID: "unknown",
      eventTime,
      eventSource: "unknown",
      eventName: "unknown",
      account: "unknown",
      principal: "unknown",
      caller: "unknown",
    },
    ...{ region: "unknown", actor: match.window.actor, sourceIPAddress: "unknown", userAgent: "unknown" },
    ...{ accessKeyId: "unknown", outcome: "unknown", errorCode: "", errorMessage: "", target: "unknown" },
    ...{ requestParameters: "", responseElements: "" },
  };
  // Let go of only where two events of different times have one id.
  return { detection: id, severity, tier, title: oneLine(title, TITLE), callId: match.id, ...(event ?? unknown), file };
}
