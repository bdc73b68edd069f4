import { switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import type { Step } from "../plan/plan";

const ATTRIBUTES: Readonly<Record<string, readonly [attribute: string, byDefault: boolean]>> = {
  aws_dynamodb_table: ["deletion_protection_enabled", false],
  aws_cloudwatch_log_group: ["deletion_protection_enabled", false],
  aws_cloudtrail_event_data_store: ["termination_protection_enabled", true],
};
const RECOVERY: readonly Step[] = ["point_in_time_recovery", 0, "enabled"];

export const deletionProtection: Check = {
  id: "deletion-protection",
  title: "Deletion protection turned off",
  why: "It is the last protection of the data against a mistaken or malicious deletion.",
  remediation: "Keep deletion protection on, and a table's point-in-time recovery.",
  looksAt: {
    ...Object.fromEntries(Object.entries(ATTRIBUTES).map(([type, [attribute]]) => [type, [attribute]])),
    aws_dynamodb_table: ["deletion_protection_enabled", "point_in_time_recovery"],
  },
  evaluate: (change) => {
    const [attribute, byDefault] = ATTRIBUTES[change.type] ?? ["", false];
    return [
      ...switched(change, [attribute], true, byDefault, "Nothing protects the resource from deletion"),
      ...(change.type === "aws_dynamodb_table"
        ? switched(change, RECOVERY, true, false, "Items deleted from the table can no longer be restored")
        : []),
    ];
  },
};
