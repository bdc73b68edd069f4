import type { Detection } from "../../detection/definition/detection";
import { hasRule } from "../../detection/definition/detection";
import { list, type OutlineLine, outline } from "../../detection/pattern/describe";
import { describeRefinement } from "../../detection/refinements/refinement";

const FOLD_MINUTES = 15;
const DAY_MINUTES = 24 * 60;

/** What a detection looks for, a line each: its pattern, then what the function asks besides. */
export function lookedFor({ pattern, refine = [] }: Detection): readonly OutlineLine[] {
  return [
    ...outline(pattern),
    ...refine.map((refinement): OutlineLine => ({ depth: 0, text: describeRefinement(refinement) })),
  ];
}

/** When and how somebody is told. */
export function toldWhen(detection: Detection): string {
  const { tier, route, count, fold } = detection;
  if (tier === "signal") return "Tells nobody; it is only counted.";
  if (route === "topic") {
    return "EventBridge tells the urgent topic itself of every event; what it missed the function tells from the log files.";
  }
  if (count) {
    const { threshold, minutes, by } = count;
    return `Alerts once ${threshold} different events ${whose(by)} have come within ${span(minutes)}, and no more than once in that time.`;
  }
  const minutes = fold?.minutes ?? (tier === "digest" ? DAY_MINUTES : FOLD_MINUTES);
  return tier === "digest"
    ? `Told in the daily digest: one line for all events ${whose(fold?.by)} within ${span(minutes)}.`
    : `Alerts at the first event. What follows ${whose(fold?.by)} within ${span(minutes)} is folded into one summary.`;
}

/** Where it is seen, and how soon. */
export function seenIn(detection: Detection): string {
  return hasRule(detection)
    ? "By an EventBridge rule within seconds, and in the log files for certain."
    : "In the log files alone, minutes later.";
}

function whose(by: readonly string[] | undefined): string {
  return by === undefined ? "of one actor" : `of the same ${list(by, "and")}`;
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

/** What is in the place of the commands that each alert has for its caller. */
export const STOP_CALLER =
  "the alert has the commands, made from the record, for what the caller is: a user's key, a role's session, Identity Center, the root user.";

/** The commands that take back what the call did: `AttachUserPolicy: aws iam …`. */
export function undoLines({ undo = {} }: Detection["runbook"]): readonly string[] {
  return Object.entries(undo).flatMap(([call, commands]) =>
    [commands].flat().map((command) => `${call === "*" ? "" : `${call}: `}${command}`),
  );
}
