import type { Monitoring } from "../monitoring/monitoring";
import { regionIn } from "../monitoring/region";
import type { Change } from "../plan/plan";

/** A rule that passes events to a bus of another region or account: as it is before the plan, or as it is made. */
export interface PassingOn {
  /** Address of the rule. */
  readonly rule: string;
  readonly region: string;
  /** ARN of the bus. */
  readonly bus: string;
}

const BUS = /^arn:[^:]*:events:([^:]*):([^:]*):event-bus\//;

/** The rules of the monitoring that do, by their addresses. */
export function passingOn(
  watched: readonly Change[],
  monitoring: Monitoring,
  changes: ReadonlyMap<string, Change>,
): ReadonlyMap<string, PassingOn> {
  const found = new Map<string, PassingOn>();
  for (const { type, address, before, after } of watched) {
    if (type !== "aws_cloudwatch_event_target") continue;
    const bus = (before ?? after)?.arn;
    if (typeof bus !== "string") continue;
    const [, busRegion, busAccount] = BUS.exec(bus) ?? [];
    if (busRegion === undefined) continue;
    for (const rule of monitoring.referred(address, "aws_cloudwatch_event_rule")) {
      const values = changes.get(rule)?.before ?? changes.get(rule)?.after;
      const region = monitoring.regionOf(rule) ?? (values && regionIn("aws_cloudwatch_event_rule", values));
      const account = typeof values?.arn === "string" ? values.arn.split(":")[4] : busAccount;
      if (region === undefined || (region === busRegion && account === busAccount)) continue;
      found.set(rule, { rule, region, bus });
    }
  }
  return found;
}
