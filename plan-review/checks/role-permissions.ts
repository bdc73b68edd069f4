import { about } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { mayStay, own, type PlanContext } from "../evaluation/context";
import type { Change } from "../plan/plan";
import { at, blocks, hasUnknown, isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";
import { actionCovered, resourceCovered } from "../policy/covers";
import { aboutWhatStays } from "../policy/leaving";
import { losses } from "../policy/lost";
import { type Statement, statementsOf } from "../policy/statements";

const INLINE = "aws_iam_role_policy";
const ATTACHMENT = "aws_iam_role_policy_attachment";
const POLICY_TYPES = [INLINE, "aws_iam_policy"];
const SHARED = "aws_iam_policy_attachment";

export const rolePermissions: Check = {
  id: "role-permissions",
  title: "Role loses permissions",
  why: "Without its permissions, the function cannot read or publish, and the trail cannot write to the log group. The failures show only as errors in a log.",
  remediation: "Remove a permission only when no code uses it. Then accept the violation with a reason.",
  looksAt: {
    aws_iam_role_policy: ["policy"],
    aws_iam_policy: ["policy"],
    [ATTACHMENT]: ["policy_arn"],
    [SHARED]: ["roles"],
    aws_iam_role: ["inline_policy", "managed_policy_arns", "permissions_boundary"],
  },
  limits: "Indeterminate: a new or changed permissions boundary; new denials with conditions.",
  evaluate: (change, context) => {
    if (change.type === ATTACHMENT) return attached(change, context);
    if (POLICY_TYPES.includes(change.type) && !change.before)
      return document(change, undefined, change.after?.policy, context);
    if (!change.before || !change.after) return [];
    if (change.type === SHARED) return shared(change, context);
    if (POLICY_TYPES.includes(change.type)) return document(change, change.before.policy, change.after.policy, context);
    return [...inline(change, context), ...managed(change, context), ...boundary(change)];
  },
};

function document(
  change: Change,
  was: Value | undefined,
  is: Value | undefined,
  context: PlanContext,
): readonly Finding[] {
  if (was === is) return [];
  const [before, after] = [statementsOf(was), is === UNKNOWN ? undefined : statementsOf(is)];
  if (isEmpty(was) && after === undefined) return [];
  return compared(change, before, after, "policy", context);
}

function compared(
  change: Change,
  before: readonly Statement[] | undefined,
  after: readonly Statement[] | undefined,
  attribute: string,
  context: PlanContext,
): readonly Finding[] {
  if (before === undefined) return [];
  if (after === undefined) return [about(change, [attribute], false, "The role may lose permissions")];
  const others = change.type === "aws_iam_role" ? [] : allowedByOthers(change, context);
  if (before.length === 0 && others.length === 0) return deniedAll(change, after, attribute, context);
  return losses(
    aboutWhatStays(before, context.gone, (form) => mayStay(form, context)),
    after,
    () => true,
    others,
  ).map(({ action, how }) => ({
    weakens: how !== "indeterminate" && how !== "denied under some conditions",
    what:
      how === "indeterminate" || how === "denied under some conditions"
        ? "The role may lose permissions"
        : "The role loses permissions",
    attribute,
    before: change.isSensitive([attribute]) ? "(sensitive)" : `allows ${action}`,
    after: how,
  }));
}

/** What a first policy denies a role whose other policies stand in another state: everything, or something that it may need. */
function deniedAll(
  change: Change,
  after: readonly Statement[],
  attribute: string,
  { monitoring }: PlanContext,
): readonly Finding[] {
  if (!monitoring.ties(change.address).some(({ to }) => monitoring.isExternal(to))) return [];
  const denials = after.filter(({ allows }) => !allows);
  if (denials.length === 0) return [];
  const all = denials.some(
    ({ actions, resources, conditions }) =>
      conditions.length === 0 && actionCovered(actions, "*") && resourceCovered(resources, "*"),
  );
  return all
    ? [about(change, [attribute], true, "The role loses all permissions")]
    : [about(change, [attribute], false, "The role may lose permissions")];
}

function inline(change: Change, context: PlanContext): readonly Finding[] {
  if (!own(change, "aws_iam_role_policy", context)) return [];
  const [was, is] = [inlineStatements(change.before), inlineStatements(change.after)];
  if (was === undefined || was.length === 0) return [];
  return compared(change, was, is, "inline_policy", context);
}

/** What the roles that a policy, or a policy's attachment, is for may do by their other policies. */
function allowedByOthers({ address, type }: Change, { monitoring, changes }: PlanContext): readonly Statement[] {
  const attachments = type === "aws_iam_policy" ? monitoring.referring(address, ATTACHMENT) : [address];
  const roles = attachments.flatMap((each) => monitoring.referred(each, "aws_iam_role"));
  const policies = roles.flatMap((role) => [
    ...monitoring.referring(role, INLINE),
    ...monitoring.referring(role, ATTACHMENT).flatMap((each) => monitoring.referred(each, "aws_iam_policy")),
  ]);
  return [...new Set(policies)]
    .filter((policy) => policy !== address)
    .flatMap((policy) => statementsOf(changes.get(policy)?.before?.policy) ?? [])
    .filter(({ allows }) => allows);
}

/** A policy that a role gets, and that denies it something. */
function attached(change: Change, context: PlanContext): readonly Finding[] {
  if (change.before || !change.after) return [];
  const arn = change.after.policy_arn;
  if (typeof arn === "string" && arn.endsWith(":iam::aws:policy/AWSDenyAll"))
    return [about(change, ["policy_arn"], true, "The role loses all permissions")];
  const [policy] = context.monitoring.referred(change.address, "aws_iam_policy");
  const document = policy === undefined ? undefined : context.changes.get(policy);
  // A policy that changes as well is reported there.
  if (document?.action !== "no-op") return [];
  return compared(change, [], statementsOf(document.before?.policy), "policy_arn", context);
}

function shared(change: Change, { monitoring, changes }: PlanContext): readonly Finding[] {
  const roles = monitoring
    .referred(change.address, "aws_iam_role")
    .filter((role) => monitoring.reason(role) !== undefined)
    .map((role) => changes.get(role)?.before?.name);
  const { before, after } = change;
  const was = Array.isArray(before?.roles) ? before.roles.filter((role) => roles.includes(role)) : [];
  const is = after?.roles;
  if (was.length === 0) return [];
  if (hasUnknown(is)) return [about(change, ["roles"], false, "The role may lose permissions")];
  const left: readonly Value[] = Array.isArray(is) ? is : [];
  return was.every((role) => left.includes(role)) ? [] : [about(change, ["roles"], true, "A role loses a policy")];
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

function managed(change: Change, context: PlanContext): readonly Finding[] {
  if (!own(change, "aws_iam_role_policy_attachment", context)) return [];
  const path = ["managed_policy_arns"];
  const [was, is] = [change.before?.managed_policy_arns, change.after?.managed_policy_arns];
  if (!Array.isArray(was) || was.length === 0) return [];
  if (hasUnknown(is)) return [about(change, path, false, "The role may lose permissions")];
  const left: readonly Value[] = Array.isArray(is) ? is : [];
  return was.every((arn) => left.includes(arn)) ? [] : [about(change, path, true, "The role loses a policy")];
}

function boundary(change: Change): readonly Finding[] {
  const [was, is] = [change.before?.permissions_boundary, change.after?.permissions_boundary];
  if (was === is || isEmpty(is)) return [];
  return [about(change, ["permissions_boundary"], false, "The boundary may take away permissions that the role needs")];
}
