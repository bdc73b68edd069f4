import { altered } from "../judging/attribute";
import type { Step } from "../plan/plan";
import { at, isEmpty } from "../plan/values";
import type { Check } from "./check";

const PATHS: readonly (readonly Step[])[] = [
  ["vpc_config", 0, "subnet_ids"],
  ["vpc_config", 0, "security_group_ids"],
];

export const functionNetwork: Check = {
  id: "function-network",
  title: "A function that may no longer reach the services it needs",
  why: "In a VPC a function reaches S3, SNS and its table by endpoints or a NAT gateway only. Without a way it waits until it times out, and alerts nobody.",
  mend: "Leave the function outside of a VPC, or look that endpoints for all of these services are there.",
  looksAt: { aws_lambda_function: ["vpc_config"] },
  unknown: "cannot tell, as with every other network: the plan doesn't say what is reached from it",
  judge: (change) =>
    PATHS.filter((path) => !isEmpty(at(change.after, ...path))).flatMap((path) =>
      altered(change, path, "Whether the function reaches what it needs from there can't be told"),
    ),
};
