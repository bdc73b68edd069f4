import { about, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { excludedEvents } from "../evaluation/management-events";
import { lostEvents } from "../evaluation/other-events";
import type { Change } from "../plan/plan";
import { hasUnknown } from "../plan/values";

const SELECTORS = ["event_selector", "advanced_event_selector", "insight_selector"] as const;

const LOST = {
  "a kind": "A whole kind of data events or insights is no longer recorded",
  some: "Some data events are no longer recorded",
  indeterminate: "Some data events may no longer be recorded",
};

export const trailSelectors: Check = {
  id: "trail-selectors",
  title: "Event selectors exclude management or data events",
  why: "Nearly all detections look at management events. A selector that excludes reads, writes or a source such as KMS removes them without stopping the trail. Data events and insights show data theft, but only if they are recorded.",
  remediation: "Record all management events. Add data event selectors beside them, not in their place.",
  looksAt: { aws_cloudtrail: [...SELECTORS], aws_cloudtrail_event_data_store: ["advanced_event_selector"] },
  limits: "Indeterminate: data event selectors that cannot be compared.",
  evaluate: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const changed = SELECTORS.find((name) => hasUnknown(sides.after[name]));
    if (changed !== undefined) {
      return [about(change, [changed], false, "Which events the selectors record is known only after apply")];
    }
    const lost = lostEvents(sides.before, sides.after);
    const others = lost ? [about(change, [changedSelectors(change)], lost !== "indeterminate", LOST[lost])] : [];
    const management = (["reads", "writes"] as const).flatMap((kind) => {
      const was = excludedEvents(sides.before, kind);
      const is = excludedEvents(sides.after, kind);
      if (was === undefined) return [];
      const path = [changedSelectors(change)];
      if (is === undefined)
        return [
          about(change, path, true, `${kind === "reads" ? "Read" : "Write"} management events are no longer recorded`),
        ];
      const more = [...is].filter((excluded) => !was.has(excluded));
      return more.length > 0
        ? [
            about(
              change,
              path,
              true,
              `Some ${kind === "reads" ? "read" : "write"} management events are no longer recorded`,
            ),
          ]
        : [];
    });
    return [...management, ...others];
  },
};

function changedSelectors(change: Change): string {
  return SELECTORS.find((name) => change.shown("before", [name]) !== change.shown("after", [name])) ?? SELECTORS[0];
}
