import type { Detection } from "../../detection/definition/detection";
import { hasRule } from "../../detection/definition/detection";
import { list, type OutlineLine, outline } from "../../detection/pattern/describe";
import { describeRefinement } from "../../detection/refinements/refinement";

const FOLD_MINUTES = 15;
const DAY_MINUTES = 24 * 60;

/** What a detection matches, a line each: its pattern, then its refinements. */
export function lookedFor({ pattern, refine = [] }: Detection): readonly OutlineLine[] {
  return [
    ...outline(pattern),
    ...refine.map((refinement): OutlineLine => ({ depth: 0, text: describeRefinement(refinement) })),
  ];
}

/** When a match becomes an alert, and what is grouped. */
export function toldWhen({ tier, route, count, group }: Pick<Detection, "tier" | "route" | "count" | "group">): string {
  if (tier === "signal") return "None; matches are only counted.";
  if (route === "topic") {
    return "EventBridge sends every event to the urgent topic directly. The function adds what EventBridge missed, from the log files.";
  }
  if (count) {
    const { threshold, minutes, by } = count;
    return `When ${threshold} different events ${whose(by)} occur within ${span(minutes)}, at most once in that time.`;
  }
  const minutes = group?.minutes ?? (tier === "digest" ? DAY_MINUTES : FOLD_MINUTES);
  return tier === "digest"
    ? `Daily digest: one line for all events ${whose(group?.by)} within ${span(minutes)}.`
    : `On the first event. Later events ${whose(group?.by)} within ${span(minutes)} are grouped into one summary.`;
}

/** Which path detects it, and how soon. */
export function seenIn(detection: Pick<Detection, "tier" | "path">): string {
  return hasRule(detection)
    ? "An EventBridge rule detects it within seconds; the log files catch what EventBridge misses."
    : "Detected in the log files only, minutes later.";
}

function whose(by: readonly string[] | undefined): string {
  return by === undefined ? "of one caller" : `of the same ${list(by, "and")}`;
}

function span(minutes: number): string {
  if (minutes === 60) return "an hour";
  if (minutes === DAY_MINUTES) return "a day";
  return minutes % 60 === 0 ? `${minutes / 60} hours` : minutes === 1 ? "a minute" : `${minutes} minutes`;
}

/** The technique's page: `T1078.004` has `…/T1078/004/`. */
export function techniquePage(technique: string): string {
  return `https://attack.mitre.org/techniques/${technique.replace(".", "/")}/`;
}

/** Stands for the commands that each alert has for its caller. */
export const STOP_CALLER =
  "use the commands in the alert. They fit the caller: a user's key, a role's session, Identity Center or the root user.";

/** The commands that undo the call: `AttachUserPolicy: aws iam …`. */
export function undoLines({ undo = {} }: Detection["runbook"]): readonly string[] {
  return Object.entries(undo).flatMap(([call, commands]) =>
    [commands].flat().map((command) => `${call === "*" ? "" : `${call}: `}${command}`),
  );
}
