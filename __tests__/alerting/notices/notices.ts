import { Totals } from "../../../alerting/notices/totals";
import type { ClosingWindow, Member } from "../../../alerting/windows/alert-state";
import { windowOf } from "../../../alerting/windows/window";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { unauthorizedDescribe } from "../../detection/events/records";

/** A detection of the catalogue. */
export function detectionNamed(id: string): Detection {
  const detection = catalogue.find((candidate) => candidate.id === id);
  if (!detection) throw new Error(`no detection is called ${id}`);
  return detection;
}

/** Alice's refused calls between 02:00 and 02:15, or with tier `digest` on the 20th. */
export function closingWindow(
  overrides: Partial<ClosingWindow> = {},
  tier: Detection["tier"] = "alert",
  detection = detectionNamed("unauthorized-calls"),
): ClosingWindow {
  const window = windowOf({ ...detection, tier }, wrapRecord(unauthorizedDescribe()));
  return { ...window, closesAt: window.end, reported: 0, ...overrides };
}

/** Alice's refused calls of one name from one region, second by second from 02:00. */
export function grouped(count: number, overrides: Partial<Member> = {}): readonly Member[] {
  return Array.from({ length: count }, (_, i) => ({
    eventName: "ListUsers",
    region: "eu-west-1",
    time: new Date(Date.UTC(2026, 10, 20, 2, 0, i)).toISOString().replace(".000Z", "Z"),
    ending: "grouped" as const,
    id: `e${i}`,
    actor: "IAM user alice (account 111122223333)",
    outcome: "denied" as const,
    ...overrides,
  }));
}

export function totalsOf(...members: readonly Member[]): Totals {
  const totals = new Totals();
  for (const member of members) totals.add(member);
  return totals;
}

/** What callers write to mislead whoever reads: lines, directions, and characters of several bytes. */
export const HOSTILE = 'x\r\nWhat to do\nCall +1 900 1234567 \u2028now\u0000\u202e\u200b 🔥🇩🇪 é "quoted" <b>';

/** A mail in which facts and steps that go on over lines are one line each; commands keep lines of their own. */
export function unwrapped(email: string): string {
  return email.replace(/\n {3,}(?!aws )(?=\S)/g, " ");
}
