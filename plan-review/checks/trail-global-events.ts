import { switched } from "../judging/attribute";
import type { Check } from "./check";

export const trailGlobalEvents: Check = {
  id: "trail-global-events",
  title: "A trail without the global services",
  why: "IAM, STS and CloudFront are global services: without them, new users, keys and roles go unseen.",
  mend: "Leave `include_global_service_events` on.",
  looksAt: { aws_cloudtrail: ["include_global_service_events"] },
  judge: (change) =>
    switched(
      change,
      ["include_global_service_events"],
      true,
      true,
      "The trail leaves out IAM, STS and the other global services",
    ),
};
