import { about, indeterminate } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { hasUnknown } from "../plan/values";

/** Lists of all policies that a role has; of each what the policies are, and by which attribute the list names them. */
const LISTS: Readonly<Record<string, { readonly list: string; readonly of: string; readonly name: string }>> = {
  aws_iam_role_policies_exclusive: { list: "policy_names", of: "aws_iam_role_policy", name: "name" },
  aws_iam_role_policy_attachments_exclusive: {
    list: "policy_arns",
    of: "aws_iam_role_policy_attachment",
    name: "policy_arn",
  },
};

export const exclusivePolicies: Check = {
  id: "exclusive-policies",
  title: "Exclusive policy list omits a policy of the role",
  why: "Terraform removes every policy that is not on the list from the role. The plan does not show these policies as changed.",
  remediation: "Put every policy of the role on the list, or remove the list.",
  looksAt: Object.fromEntries(Object.entries(LISTS).map(([type, { list }]) => [type, [list]])),
  evaluate: (change, { monitoring, changes }) => {
    const { list, of, name } = LISTS[change.type] ?? { list: "", of: "", name: "" };
    const { before, after } = change;
    if (!after) return [];
    const holds = (values: typeof before, policy: string) => {
      const names = values?.[list];
      return Array.isArray(names) && names.includes(policy);
    };
    const lost = monitoring
      .referred(change.address, "aws_iam_role")
      .flatMap((role) => monitoring.referring(role, of))
      .flatMap((policy) => changes.get(policy) ?? [])
      // What goes by itself is refused for itself.
      .filter(({ action }) => action !== "delete")
      .flatMap(({ before: values }) => (typeof values?.[name] === "string" ? [values[name]] : []))
      .filter((policy) => (before === undefined || holds(before, policy)) && !holds(after, policy));
    if (lost.length === 0) return [];
    return [
      hasUnknown(after[list]) ? indeterminate(change, [list]) : about(change, [list], true, "The role loses a policy"),
    ];
  },
};
