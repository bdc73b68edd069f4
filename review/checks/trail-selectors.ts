import { about, pair } from "../judging/attribute";
import { excludedEvents } from "../judging/management-events";
import { hasUnknown } from "../plan/values";
import type { Check } from "./check";

const SELECTORS = ["event_selector", "advanced_event_selector"] as const;

export const trailSelectors: Check = {
  id: "trail-selectors",
  title: "Event selectors that drop management events",
  why: "Management events are what nearly all detections look for. A selector that leaves out reads, writes, or a source such as KMS takes them away without stopping the trail.",
  mend: "Record all management events: selectors of data events go beside them, not in their place.",
  looksAt: { aws_cloudtrail: [...SELECTORS], aws_cloudtrail_event_data_store: ["advanced_event_selector"] },
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const changed = SELECTORS.find((name) => hasUnknown(sides.after[name]));
    if (changed !== undefined) {
      return [about(change, [changed], false, "It is known only after apply which events the selectors pick")];
    }
    return (["reads", "writes"] as const).flatMap((kind) => {
      const was = excludedEvents(sides.before, kind);
      const is = excludedEvents(sides.after, kind);
      if (was === undefined) return [];
      const path = [
        SELECTORS.find((name) => change.shown("before", [name]) !== change.shown("after", [name])) ?? SELECTORS[0],
      ];
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
  },
};
