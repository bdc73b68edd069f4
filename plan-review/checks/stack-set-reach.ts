import { about, altered, indeterminate, switched } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { code } from "../plan/escape";
import type { Change, Step } from "../plan/plan";
import { at, hasUnknown, type Value } from "../plan/values";

const SET = "aws_cloudformation_stack_set";
const TARGETS = ["deployment_targets", 0] as const;
const OTHERS = "Other accounts may get the forwarders";

/** Lists from which nothing may go, and what it means when something does. */
const LISTS: readonly { readonly path: readonly Step[]; readonly what: (gone: string) => string }[] = [
  {
    path: ["regions"],
    what: (gone) => `Members' events no longer arrive within seconds from: ${gone}`,
  },
  { path: ["accounts"], what: (gone) => `Accounts lose their forwarders: ${gone}` },
  {
    path: [...TARGETS, "organizational_unit_ids"],
    what: (gone) => `Organizational units lose their forwarders: ${gone}`,
  },
];
/** What else decides which accounts get what. */
const DETAILS: readonly (readonly Step[])[] = [
  [...TARGETS, "accounts"],
  [...TARGETS, "accounts_url"],
  [...TARGETS, "account_filter_type"],
  ["parameter_overrides"],
];
const PERMISSIONS = ["administration_role_arn", "execution_role_name", "capabilities"];

export const stackSetReach: Check = {
  id: "stack-set-reach",
  title: "Stack set covers fewer accounts or regions",
  why: "An account or region without forwarders is watched by log files alone, minutes later. Accounts that join the organization get forwarders only by automatic deployment.",
  remediation:
    "Keep `auto_deployment` on, and every organizational unit and region. If an account must not have forwarders, accept the violation with a reason.",
  looksAt: {
    [SET]: ["auto_deployment.0.enabled", ...PERMISSIONS],
    ...Object.fromEntries(
      ["aws_cloudformation_stack_instances", "aws_cloudformation_stack_set_instance"].map((type) => [
        type,
        [...LISTS.map(({ path }) => path.join(".")), ...DETAILS.map((path) => path.join("."))].filter(
          (path) => type.endsWith("instances") || !["regions", "accounts"].includes(path),
        ),
      ]),
    ),
  },
  limits: "Indeterminate: other roles or capabilities; another account filter; other parameters of instances.",
  evaluate: (change) => {
    if (change.type === SET) {
      const off = switched(
        change,
        ["auto_deployment", 0, "enabled"],
        true,
        false,
        "Accounts that join the organization no longer get forwarders",
      );
      const may = PERMISSIONS.flatMap((name) => altered(change, [name], "The stack set may no longer be deployed"));
      return [...off, ...may];
    }
    const shorter = LISTS.flatMap((list) => shortened(change, list));
    return [...shorter, ...DETAILS.flatMap((path) => altered(change, path, OTHERS))];
  },
};

function shortened(change: Change, { path, what }: (typeof LISTS)[number]): readonly Finding[] {
  if (!change.before || !change.after) return [];
  const [was, is] = [at(change.before, ...path), at(change.after, ...path)];
  const left: readonly Value[] = Array.isArray(is) ? is : [];
  const gone = (Array.isArray(was) ? was : []).filter((each) => !left.includes(each));
  if (gone.length === 0) return [];
  if (hasUnknown(is)) return [indeterminate(change, path)];
  const listed = change.isSensitive(path) ? code("(sensitive)") : gone.map((each) => code(String(each))).join(", ");
  return [about(change, path, true, what(listed))];
}
