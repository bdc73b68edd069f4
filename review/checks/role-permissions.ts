import { about } from "../judging/attribute";
import { type Estate, own } from "../judging/estate";
import type { Change } from "../plan/plan";
import { at, blocks, hasUnknown, isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";
import { aboutWhatStays } from "../policy/leaving";
import { losses } from "../policy/lost";
import { type Statement, statementsOf } from "../policy/statements";
import type { Check, Finding } from "./check";

const POLICY_TYPES = ["aws_iam_role_policy", "aws_iam_policy"];

export const rolePermissions: Check = {
  id: "role-permissions",
  title: "A role that may do less",
  why: "The function can't read what it may not read or tell what it may not publish; the trail can't write to the log group. Each shows as errors in a log that nobody looks at.",
  mend: "Take rights away only where no code uses them any more, and accept that with the reason.",
  looksAt: {
    aws_iam_role_policy: ["policy"],
    aws_iam_policy: ["policy"],
    aws_iam_role: ["inline_policy", "managed_policy_arns", "permissions_boundary"],
  },
  unknown: "cannot tell; so is a permissions boundary that comes or changes",
  judge: (change, estate) => {
    if (!change.before || !change.after) return [];
    if (POLICY_TYPES.includes(change.type)) return document(change, change.before.policy, change.after.policy, estate);
    return [...inline(change, estate), ...managed(change, estate), ...boundary(change)];
  },
};

function document(change: Change, was: Value | undefined, is: Value | undefined, estate: Estate): readonly Finding[] {
  if (was === is || isEmpty(was)) return [];
  const [before, after] = [statementsOf(was), is === UNKNOWN ? undefined : statementsOf(is)];
  return compared(change, before, after, "policy", estate);
}

function compared(
  change: Change,
  before: readonly Statement[] | undefined,
  after: readonly Statement[] | undefined,
  attribute: string,
  { gone }: Estate,
): readonly Finding[] {
  if (before === undefined) return [];
  if (after === undefined)
    return [about(change, [attribute], false, "It can't be told whether the role may still do all that it could")];
  return losses(aboutWhatStays(before, gone), after, () => true).map(({ action, how }) => ({
    weakens: how !== "can't tell" && how !== "denied on some terms",
    what:
      how === "can't tell" || how === "denied on some terms"
        ? "It can't be told whether the role may still do all that it could"
        : "The role may do less",
    attribute,
    before: `may ${action}`,
    after: how,
  }));
}

function inline(change: Change, estate: Estate): readonly Finding[] {
  if (!own(change, "aws_iam_role_policy", estate)) return [];
  const [was, is] = [inlineStatements(change.before), inlineStatements(change.after)];
  if (was === undefined || was.length === 0) return [];
  return compared(change, was, is, "inline_policy", estate);
}

/** All statements of a role's inline policies, which hold together. */
function inlineStatements(values: Values | undefined): readonly Statement[] | undefined {
  const policies = blocks(values, "inline_policy");
  if (hasUnknown(policies)) return undefined;
  const read = policies.map((policy) => statementsOf(at(policy, "policy")));
  return read.some((statements) => statements === undefined)
    ? undefined
    : read.flatMap((statements) => statements ?? []);
}

function managed(change: Change, estate: Estate): readonly Finding[] {
  if (!own(change, "aws_iam_role_policy_attachment", estate)) return [];
  const path = ["managed_policy_arns"];
  const [was, is] = [change.before?.managed_policy_arns, change.after?.managed_policy_arns];
  if (!Array.isArray(was) || was.length === 0) return [];
  if (hasUnknown(is))
    return [about(change, path, false, "It can't be told whether the role may still do all that it could")];
  const left: readonly Value[] = Array.isArray(is) ? is : [];
  return was.every((arn) => left.includes(arn)) ? [] : [about(change, path, true, "The role loses a policy")];
}

function boundary(change: Change): readonly Finding[] {
  const [was, is] = [change.before?.permissions_boundary, change.after?.permissions_boundary];
  if (was === is || isEmpty(is)) return [];
  return [
    about(
      change,
      ["permissions_boundary"],
      false,
      "It can't be told whether the boundary leaves the role what it needs",
    ),
  ];
}
