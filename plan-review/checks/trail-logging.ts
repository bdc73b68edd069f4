import { about, indeterminate, pair, switched } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { Change } from "../plan/plan";
import { UNKNOWN } from "../plan/values";

export const trailLogging: Check = {
  id: "trail-logging",
  title: "Trail stops logging",
  why: "A stopped trail records nothing. Rules, log files and alerts miss what happens, and it cannot be recovered later.",
  remediation:
    "Keep `enable_logging` on. To move to another trail, start the new one first and check that its log files arrive.",
  looksAt: { aws_cloudtrail: ["enable_logging"], aws_cloudtrail_event_data_store: ["suspend"] },
  evaluate: (change) =>
    change.type === "aws_cloudtrail"
      ? switched(change, ["enable_logging"], true, true, "The trail stops recording")
      : suspended(change),
};

/** Of an event data store the provider has it as a text. */
function suspended(change: Change): readonly Finding[] {
  const sides = pair(change);
  const [was, is] = [sides?.before.suspend, sides?.after.suspend];
  if (!sides || String(was ?? false) === "true") return [];
  if (is === UNKNOWN) return was === undefined || was === null ? [] : [indeterminate(change, ["suspend"])];
  return String(is ?? false) === "true"
    ? [about(change, ["suspend"], true, "The event data store stops recording")]
    : [];
}
