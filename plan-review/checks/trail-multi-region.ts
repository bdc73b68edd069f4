import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { switched } from "../judging/attribute";
import type { Check } from "./check";

const TRAIL = "is_multi_region_trail";
const STORE = "multi_region_enabled";

export const trailMultiRegion: Check = {
  id: "trail-multi-region",
  title: "A trail that looks at one region only",
  why: "What happens in any other region leaves no trace in the log files; an intruder only needs to go where nobody looks.",
  mend: `Leave \`is_multi_region_trail\` on: the first copy of management events is free, and CIS asks for it: ${cisNumbers(["3.1"])}.`,
  looksAt: { aws_cloudtrail: [TRAIL], aws_cloudtrail_event_data_store: [STORE] },
  judge: (change) =>
    change.type === "aws_cloudtrail"
      ? switched(change, [TRAIL], true, false, "The trail records its own region only")
      : switched(change, [STORE], true, true, "The event data store records its own region only"),
};
