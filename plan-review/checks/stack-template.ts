import { narrowing } from "../../detection/pattern/analysis/subset";
import { about, altered, indeterminate } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import { type PassingRule, passedOn, ruleOf } from "../evaluation/passed-on";
import { type RolledOut, type Template, templateOf } from "../evaluation/rolled-out";
import { labelOf } from "../monitoring/labels";
import { code } from "../plan/escape";
import { Change } from "../plan/plan";
import { hasUnknown } from "../plan/values";
import { deadLetters } from "./dead-letters";
import { encryption } from "./encryption";
import { messageDelay } from "./message-delay";
import { messageSize } from "./message-size";
import { policyOpened } from "./policy-opened";
import { policyStatement } from "./policy-statement";
import { retention } from "./retention";
import { retries } from "./retries";
import { roleChanged } from "./role-changed";
import { rolePermissions } from "./role-permissions";
import { ruleDisabled } from "./rule-disabled";
import { rulePattern } from "./rule-pattern";
import { ruleReadOnly } from "./rule-read-only";
import { targetInput } from "./target-input";
import { targetMoved } from "./target-moved";

const BODY = "template_body";
const RULE = "aws_cloudwatch_event_rule";
const MAY = "The template may deploy weaker forwarders";
/** What would be found if the resources of the template stood in the plan. */
const CHECKS = [
  ...[ruleDisabled, ruleReadOnly, rulePattern, targetMoved, targetInput, deadLetters, retries, roleChanged],
  ...[rolePermissions, policyStatement, policyOpened, retention, encryption, messageDelay, messageSize],
];

export const stackTemplate: Check = {
  id: "stack-template",
  title: "CloudFormation template deploys weaker forwarders",
  why: "The template decides what member accounts send. CloudFormation deploys a change to all of them, and the plan shows only one text.",
  remediation:
    "Let the new template forward everything that the old one did, to the same event bus, with its dead-letter queue, retries and role.",
  looksAt: {
    aws_cloudformation_stack_set: [BODY, "template_url", "parameters"],
    aws_cloudformation_stack: [BODY, "template_url", "parameters"],
  },
  limits:
    "Compares the template's rules, queues and roles as if they stood in the plan. Indeterminate: a template that is not JSON; other conditions; any other resource; `template_url`.",
  evaluate: (change, context) => {
    const { before, after } = change;
    if (!before || !after) return [];
    if (hasUnknown(after[BODY])) return [indeterminate(change, [BODY])];
    const [was, is] = [templateOf(before), templateOf(after)];
    if (was && is) {
      const found = compared(was, is, change, context);
      const given = hasUnknown(after.parameters) ? [indeterminate(change, ["parameters"])] : [];
      return found.length > 0 ? found : [...given, ...altered(change, ["template_url"], MAY)];
    }
    const other = [BODY, "template_url", "parameters"].map((attribute) => altered(change, [attribute], MAY));
    return other.find((findings) => findings.length > 0) ?? [];
  },
};

function compared(was: Template, is: Template, change: Change, context: PlanContext): readonly Finding[] {
  const rest =
    was.rest === is.rest
      ? []
      : [about(change, [BODY], false, "Other conditions decide where the template's resources are deployed")];
  const found = [...was.resources].flatMap(([id, resource]) => {
    const now = is.resources.get(id);
    const findings = now ? changed(id, resource, now, is, change, context) : removed(id, resource, is, change);
    return findings.map((finding) => located(finding, id, change));
  });
  return [...found, ...rest];
}

/** A resource that isn't in the template any more. */
function removed(id: string, { type, values }: RolledOut, is: Template, change: Change): readonly Finding[] {
  const [rule = ""] = id.split(".");
  // Reported with its rule.
  if (type === "aws_cloudwatch_event_target" && !is.resources.has(rule)) return [];
  if (type === undefined) return [about(change, [BODY], false, "The template lacks a resource")];
  if (type === RULE && passedOn(ruleOf(values), undefined, rulesOf(is)).narrows === "no") return [];
  return [{ weakens: true, what: `The template lacks ${labelOf(type)} ${code(shown(id, change))}` }];
}

function changed(
  id: string,
  was: RolledOut,
  now: RolledOut,
  is: Template,
  change: Change,
  context: PlanContext,
): readonly Finding[] {
  if (was.text === now.text && was.text !== "") return [];
  if (was.type === undefined || was.type !== now.type)
    return was.text === now.text ? [] : [about(change, [BODY], false, "A resource of the template changes")];
  const sensitive = change.isSensitive([BODY]);
  const inside = new Change({
    address: `${change.address}/${id}`,
    previousAddress: undefined,
    type: was.type,
    action: "update",
    before: was.values,
    after: now.values,
    afterUnknown: {},
    beforeSensitive: sensitive,
    afterSensitive: sensitive,
    reason: undefined,
    replacePaths: [],
    imported: false,
  });
  const checks = CHECKS.filter(({ looksAt }) => Object.hasOwn(looksAt, inside.type));
  const found = checks.flatMap((check) => {
    const findings = check.evaluate(inside, context);
    return check === rulePattern && findings.length > 0 ? onPattern(findings, was, now, is) : findings;
  });
  const [had, has] = [was, now].map(({ text }) => conditionOf(text));
  return had === has
    ? found
    : [...found, about(change, [BODY], false, "Another condition decides where a resource is deployed")];
}

/** What the template's other rules leave of what one of them loses. */
function onPattern(findings: readonly Finding[], was: RolledOut, now: RolledOut, is: Template): readonly Finding[] {
  const [before, after] = [ruleOf(was.values), ruleOf(now.values)];
  const verdict = passedOn(before, narrowing(before.pattern, after.pattern), rulesOf(is));
  if (verdict.narrows === "no") return [];
  return verdict.narrows === "yes" ? findings : findings.map((finding) => ({ ...finding, weakens: false, what: MAY }));
}

function conditionOf(text: string): unknown {
  const resource: unknown = text === "" ? {} : JSON.parse(text);
  return (resource as Readonly<Record<string, unknown>>).Condition;
}

function rulesOf({ resources }: Template): readonly PassingRule[] {
  return [...resources.values()].filter(({ type }) => type === RULE).map(({ values }) => ruleOf(values));
}

/** Where in the template a finding is. */
function located(finding: Finding, id: string, change: Change): Finding {
  const inner = finding.attribute === undefined || finding.attribute === BODY ? "" : `.${finding.attribute}`;
  return { ...finding, attribute: change.isSensitive([BODY]) ? BODY : `${BODY}.Resources.${id}${inner}` };
}

function shown(id: string, change: Change): string {
  return change.isSensitive([BODY]) ? "(sensitive)" : id;
}
