import type { Detection } from "../../definition/detection";
import { unauthorizedCalls } from "./unauthorized-calls";

export const unauthorizedCallsBurst: Detection = {
  id: "unauthorized-calls-burst",
  title: "Burst of access denied errors from one actor",
  severity: "high",
  tier: "alert",
  path: "log",
  attack: { technique: "T1580", tactic: "Discovery" },
  cis: ["4.1"],
  references: [
    "https://attack.mitre.org/techniques/T1580/",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-2",
  ],
  why: "One denied call is a mistake, many are reconnaissance. Attackers test stolen keys with tools that make hundreds of calls a minute.",
  falsePositives:
    "A workload that lacks a permission and retries all day triggers it once an hour. Grant the permission or remove the call.",
  runbook: {
    check:
      "Many different calls, or one repeated? The first suggests reconnaissance, the second a workload that lacks a permission.",
    command: unauthorizedCalls.runbook.command,
    contain: unauthorizedCalls.runbook.contain,
  },
  // Someone without rights collects a handful with each page of the console. An hour, because a workload that tries again for
  // days then alerts once an hour at most, and because a search by hand is slow.
  count: { threshold: 25, minutes: 60 },
  pattern: unauthorizedCalls.pattern,
};
