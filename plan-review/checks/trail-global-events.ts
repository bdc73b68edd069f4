import { switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

export const trailGlobalEvents: Check = {
  id: "trail-global-events",
  title: "Trail excludes global services",
  why: "IAM, STS and CloudFront are global services. Without their events, new users, keys and roles go unrecorded.",
  remediation: "Keep `include_global_service_events` on.",
  looksAt: { aws_cloudtrail: ["include_global_service_events"] },
  evaluate: (change) =>
    switched(
      change,
      ["include_global_service_events"],
      true,
      true,
      "The trail excludes IAM, STS and the other global services",
    ),
};
