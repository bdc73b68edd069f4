import type { Notice } from "./notice";
import { isoTime } from "./text";

/** Says that alerts are held back, so that their absence is not taken for quiet. */
export function floodNotice(limit: number, until: number, account: string, region: string): Notice {
  const clock = /T(\d\d:\d\d)/.exec(isoTime(until))?.[1] ?? "";
  return {
    subject: `[HIGH] ${limit} alerts this hour: others are held back until ${clock} UTC`,
    email: `HIGH: ${limit} alerts have gone out this hour, which is the limit

Until ${isoTime(until)} (UTC) only critical alerts go out. What is held back is told afterwards, one summary per detection and
actor. Meanwhile the function's log and the log archive have everything.

What to do
1. Look at the alerts of this hour: one actor, or one detection, often makes most of them.
2. If they are harmless, disable or narrow the detection; if you want more an hour, raise maxAlertsPerHour.
`,
    sms: `HIGH ${limit} alerts this hour, others held back until ${clock} UTC (critical ones go out)`,
    json: { kind: "flood", severity: "high", limit, until: isoTime(until), account, region },
    attributes: { severity: "high", detection: "alert-cap", account, region },
  };
}
