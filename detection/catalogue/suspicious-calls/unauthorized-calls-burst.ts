import type { Detection } from "../../definition/detection";
import { unauthorizedCalls } from "./unauthorized-calls";

export const unauthorizedCallsBurst: Detection = {
  id: "unauthorized-calls-burst",
  title: "Many calls refused for want of permission, by one actor",
  severity: "high",
  tier: "alert",
  path: "log",
  attack: { technique: "T1580", tactic: "Discovery" },
  cis: ["4.1"],
  references: [
    "https://attack.mitre.org/techniques/T1580/",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-2",
  ],
  why: "One refused call is a mistake, a long row of them is a search: whoever found keys tries what they are good for, with tools that make hundreds of calls in a minute.",
  noise:
    "A workload that misses one permission and tries again all day does this as well, once an hour: give it the permission, or take the call out of it.",
  runbook: {
    check:
      "Many different calls, or one over and over? The first is somebody searching; the second mostly a workload that misses a permission and tries again.",
    command: unauthorizedCalls.runbook.command,
    contain: unauthorizedCalls.runbook.contain,
  },
  // Someone without rights collects a handful with each page of the console. An hour, because a workload that tries again for
  // days is then told of once an hour at most, and because a search by hand is slow.
  count: { threshold: 25, minutes: 60 },
  pattern: unauthorizedCalls.pattern,
};
