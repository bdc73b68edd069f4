import { about } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { own } from "../evaluation/context";
import { policyChange, RESOURCE_POLICIES } from "../evaluation/policy-change";
import type { Change } from "../plan/plan";
import { canonical, isEmpty, UNKNOWN } from "../plan/values";
import { type Freed, freed, opened } from "../policy/opened";

const PUBLIC_ACLS = ["public-read", "public-read-write", "authenticated-read"];
/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee */
const PUBLIC_GROUPS = ["/groups/global/AllUsers", "/groups/global/AuthenticatedUsers"];
const BUS_POLICY = "aws_cloudwatch_event_bus_policy";
const WHAT = "Everyone is allowed, from any account";

export const policyOpened: Check = {
  id: "policy-opened",
  title: "Policy allows everyone",
  why: "Readers of the archive learn what you detect. Writers to a topic, queue or function can send false alerts, or hide true ones among them.",
  remediation:
    "Name the principals, or limit the statement to your account (`aws:SourceAccount`), organization (`aws:PrincipalOrgID`) or resource (`aws:SourceArn`).",
  looksAt: {
    ...Object.fromEntries(Object.entries(RESOURCE_POLICIES).map(([type, { attribute }]) => [type, [attribute]])),
    aws_s3_bucket_acl: ["acl", "access_control_policy"],
    aws_s3_bucket: ["policy", "acl", "grant"],
    aws_lambda_permission: ["principal", "source_arn", "source_account", "principal_org_id"],
  },
  limits:
    "Indeterminate: other values of a condition on who may send what to an event bus. `policy-statement` reports policies that are known only after apply.",
  evaluate: (change, context) => {
    if (change.type === "aws_s3_bucket_acl") return acl(change);
    if (change.type === "aws_s3_bucket" && change.before) {
      const granted = own(change, "aws_s3_bucket_acl", context) ? acl(change) : [];
      if (granted.length > 0) return granted;
    }
    if (change.type === "aws_lambda_permission") return permission(change);
    const policy = policyChange(change, context);
    if (!policy) return [];
    const { attribute, before = [], after = [] } = policy;
    if (opened(before, after).length > 0)
      return [
        {
          weakens: true,
          what: WHAT,
          attribute,
          before: "",
          after: "a statement for every principal, without a condition that narrows it",
        },
      ];
    return change.type === BUS_POLICY ? freed(before, after).map((each) => senders(each, attribute)) : [];
  },
};

function senders({ key, how }: Freed, attribute: string): Finding {
  const before = `a condition on ${key} in each statement for every principal`;
  return how === "gone"
    ? { weakens: true, what: "Senders are limited by fewer conditions", attribute, before, after: "one without it" }
    : { weakens: false, what: "Other senders or events may be allowed", attribute, before, after: "other values" };
}

function acl(change: Change): readonly Finding[] {
  const isPublic = (value: unknown) => PUBLIC_ACLS.includes(String(value));
  const [was, is] = [change.before?.acl, change.after?.acl];
  if (was === UNKNOWN || is === UNKNOWN || isPublic(was)) return [];
  if (isPublic(is)) return [about(change, ["acl"], true, WHAT)];
  const attribute = change.type === "aws_s3_bucket" ? "grant" : "access_control_policy";
  const [had, has] = [canonical(change.before?.[attribute]), canonical(change.after?.[attribute])];
  const added = PUBLIC_GROUPS.some((group) => has.includes(group) && !had.includes(group));
  return added ? [about(change, [attribute], true, WHAT)] : [];
}

function permission(change: Change): readonly Finding[] {
  const isOpen = (values: Change["before"]) =>
    values?.principal === "*" && [values.source_arn, values.source_account, values.principal_org_id].every(isEmpty);
  if (isOpen(change.before) || !isOpen(change.after)) return [];
  return [about(change, ["principal"], true, WHAT)];
}
