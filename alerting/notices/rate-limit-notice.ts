import { ascii, counted, isoTime } from "../../detection/events/text";
import { NOTIFICATION_VERSION } from "../notification/notification";
import { accountLabel, type Labels, NO_LABELS, namedAccount, shortAccount, timeLabel } from "./labels";
import { type Notice, SUBJECT_LENGTH } from "./notice";
import { smsOf } from "./sms";

/** The notice's words, with the names of accounts. */
export type RenderRateLimit = (
  limit: number,
  until: number,
  account: string,
  region: string,
) => Notice | Promise<Notice>;

/** Says that alerts are rate-limited, so that their absence is not taken for quiet. */
export function rateLimitNotice(
  limit: number,
  until: number,
  account: string,
  region: string,
  labels: Labels = NO_LABELS,
): Notice {
  const end = isoTime(until);
  const clock = `${end.slice(11, 16)} UTC`;
  const gone = `${counted(limit, "alert")} this hour`;
  return {
    subject: ascii(
      `[HIGH] Rate limit reached: ${gone}, more are held until ${clock}, in ${shortAccount(account, labels)}`,
    ).slice(0, SUBJECT_LENGTH),
    email: `HIGH: Rate limit reached: ${gone}, more are held until ${clock}

Critical alerts are still sent. The others follow after the hour, in one summary per detection and caller.

Account  ${accountLabel(account, labels)}
Region   ${region} (where the alerts are sent from)
Until    ${timeLabel(end, labels)}

What to do
1. Look at this hour's alerts: one caller or one detection often causes most of them.
2. Follow their steps. The log archive has every event.
3. If they are false positives, suppress them or disable the detection (disabledDetections). Or raise maxAlertsPerHour.
`,
    sms: smsOf(
      `HIGH ${gone}: rate limit.`,
      `More are held until ${clock}, except critical ones.`,
      `${shortAccount(account, labels)} ${region}`,
    ),
    json: {
      version: NOTIFICATION_VERSION,
      kind: "rate-limit",
      id: `rate-limit/${account}/${region}/${end}`,
      severity: "high",
      account: namedAccount(account, labels),
      region,
      limit,
      until: end,
    },
    attributes: { kind: "rate-limit", severity: "high", detection: "rate-limit", account, region },
  };
}
