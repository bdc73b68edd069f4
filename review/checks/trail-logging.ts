import { switched } from "../judging/attribute";
import type { Check } from "./check";

export const trailLogging: Check = {
  id: "trail-logging",
  title: "A trail that stops logging",
  why: "While a trail is off, nothing is recorded: no rule, log file or alert knows what happens, and nothing brings it back later.",
  mend: "Leave `enable_logging` on. To move to another trail, start the new one first and look that its log files arrive.",
  looksAt: { aws_cloudtrail: ["enable_logging"] },
  judge: (change) => switched(change, ["enable_logging"], true, true, "The trail stops recording"),
};
