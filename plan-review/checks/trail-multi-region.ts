import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

const TRAIL = "is_multi_region_trail";
const STORE = "multi_region_enabled";

export const trailMultiRegion: Check = {
  id: "trail-multi-region",
  title: "Trail records one region only",
  why: "Calls in other regions leave no log files. An intruder only has to use one of them.",
  remediation: `Keep \`is_multi_region_trail\` on. The first copy of management events is free. CIS requires it: ${cisNumbers(["3.1"])}.`,
  looksAt: { aws_cloudtrail: [TRAIL], aws_cloudtrail_event_data_store: [STORE] },
  evaluate: (change) =>
    change.type === "aws_cloudtrail"
      ? switched(change, [TRAIL], true, false, "The trail records its own region only")
      : switched(change, [STORE], true, true, "The event data store records its own region only"),
};
