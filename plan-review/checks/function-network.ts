import { altered } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import type { Step } from "../plan/plan";
import { at, isEmpty } from "../plan/values";

const PATHS: readonly (readonly Step[])[] = [
  ["vpc_config", 0, "subnet_ids"],
  ["vpc_config", 0, "security_group_ids"],
];

export const functionNetwork: Check = {
  id: "function-network",
  title: "Function may lose access to services that it needs",
  why: "In a VPC, a function reaches S3, SNS and its table only through endpoints or a NAT gateway. Without them, it times out and sends no alert.",
  remediation: "Keep the function outside a VPC, or check that endpoints for all of these services exist.",
  looksAt: { aws_lambda_function: ["vpc_config"] },
  limits: "Always indeterminate: the plan does not show what the network reaches.",
  evaluate: (change) =>
    PATHS.filter((path) => !isEmpty(at(change.after, ...path))).flatMap((path) =>
      altered(change, path, "The function may not reach the services that it needs"),
    ),
};
