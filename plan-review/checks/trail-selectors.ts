import { about, pair } from "../judging/attribute";
import { excludedEvents } from "../judging/management-events";
import { lostEvents } from "../judging/other-events";
import type { Change } from "../plan/plan";
import { hasUnknown } from "../plan/values";
import type { Check } from "./check";

const SELECTORS = ["event_selector", "advanced_event_selector", "insight_selector"] as const;

const LOST = {
  "a kind": "Data events or insights of some kind are no longer recorded",
  some: "Some data events are no longer recorded",
  "cannot tell": "Whether all data events are still recorded can't be decided",
};

export const trailSelectors: Check = {
  id: "trail-selectors",
  title: "Event selectors that drop management events, or data events",
  why: "Management events are what nearly all detections look for. A selector that leaves out reads, writes, or a source such as KMS takes them away without stopping the trail. Data events and insights that nobody records any more tell of no thief.",
  mend: "Record all management events: selectors of data events go beside them, not in their place.",
  looksAt: { aws_cloudtrail: [...SELECTORS], aws_cloudtrail_event_data_store: ["advanced_event_selector"] },
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const changed = SELECTORS.find((name) => hasUnknown(sides.after[name]));
    if (changed !== undefined) {
      return [about(change, [changed], false, "It is known only after apply which events the selectors pick")];
    }
    const lost = lostEvents(sides.before, sides.after);
    const others = lost ? [about(change, [changedSelectors(change)], lost !== "cannot tell", LOST[lost])] : [];
    const management = (["reads", "writes"] as const).flatMap((kind) => {
      const was = excludedEvents(sides.before, kind);
      const is = excludedEvents(sides.after, kind);
      if (was === undefined) return [];
      const path = [changedSelectors(change)];
      if (is === undefined)
        return [
          about(
            change,
            path,
            true,
            `Management events that ${kind === "reads" ? "read" : "write"} are no longer recorded`,
          ),
        ];
      const more = [...is].filter((excluded) => !was.has(excluded));
      return more.length > 0
        ? [
            about(
              change,
              path,
              true,
              `Some management events that ${kind === "reads" ? "read" : "write"} are no longer recorded`,
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
