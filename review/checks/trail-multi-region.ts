import { switched } from "../judging/attribute";
import type { Check } from "./check";

export const trailMultiRegion: Check = {
  id: "trail-multi-region",
  title: "A trail that looks at one region only",
  why: "What happens in any other region leaves no trace in the log files; an intruder only needs to go where nobody looks.",
  mend: "Leave `is_multi_region_trail` on: CIS 3.1 asks for it, and the first copy of management events is free.",
  looksAt: { aws_cloudtrail: ["is_multi_region_trail"] },
  judge: (change) => switched(change, ["is_multi_region_trail"], true, false, "The trail records its own region only"),
};
