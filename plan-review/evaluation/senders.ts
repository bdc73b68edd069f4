import { arnCovers, globCovers } from "../policy/covers";
import type { Condition } from "../policy/statements";
import type { PlanContext } from "./context";

/** What a service names as the source of what it sends. */
const SOURCES: Readonly<Record<string, string>> = {
  "Service:cloudtrail.amazonaws.com": "aws_cloudtrail",
  "Service:events.amazonaws.com": "aws_cloudwatch_event_rule",
  "Service:sns.amazonaws.com": "aws_sns_topic",
  "Service:s3.amazonaws.com": "aws_s3_bucket",
};

/**
 * Whether all of the monitoring's resources that a service may send for meet a condition. Those of other states are
 * not known here.
 */
export function metBySenders(
  { operator, key, values }: Condition,
  principal: string | undefined,
  { arns }: PlanContext,
): boolean {
  const type = SOURCES[principal ?? ""];
  if (type === undefined || !/^(String|Arn)(Equals|Like)(IfExists)?$/.test(operator)) return false;
  const known = arns.get(type) ?? [];
  const matches = (arn: string) => {
    if (key === "aws:sourceaccount") return values.includes(arn.split(":")[4] ?? "");
    if (key !== "aws:sourcearn") return false;
    const same = (value: string) => (operator.startsWith("StringLike") ? globCovers(value, arn) : value === arn);
    return values.some((value) => (operator.startsWith("Arn") ? arnCovers(value, arn) : same(value)));
  };
  return known.length > 0 && known.every(matches);
}
