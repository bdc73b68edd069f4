import { globalEventsRegionOf } from "../../config/regions";
import { type Narrowing, narrowing } from "../../detection/pattern/analysis/subset";
import { about, altered, indeterminate } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import { forwardedLess, passedByOthers, passedOn, type Way } from "../evaluation/passed-on";
import { type PassingRule, ruleOf } from "../evaluation/passing-rule";
import { type Readable, type RolledOut, rolledOut, type Template, templateOf } from "../evaluation/rolled-out";
import { labelOf } from "../monitoring/labels";
import { code } from "../plan/escape";
import { Change } from "../plan/plan";
import { canonical, hasUnknown } from "../plan/values";
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
const TARGET = "aws_cloudwatch_event_target";
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
      const found = comparedByRegion(was, is, change, context);
      const given = hasUnknown(after.parameters) ? [indeterminate(change, ["parameters"])] : [];
      return found.length > 0 ? found : [...given, ...altered(change, ["template_url"], MAY)];
    }
    const other = [BODY, "template_url", "parameters"].map((attribute) => altered(change, [attribute], MAY));
    return other.find((findings) => findings.length > 0) ?? [];
  },
};

/** In each region that conditions name, and in all others. */
function comparedByRegion(was: Readable, is: Readable, change: Change, context: PlanContext): readonly Finding[] {
  const named = [...new Set([...was.regions, ...is.regions])].sort();
  const found = new Map<string, Finding>();
  for (const region of [undefined, ...named]) {
    const sides = { was: rolledOut(was, region), is: rolledOut(is, region), region, others: named, change, context };
    for (const finding of compared(sides)) {
      const key = JSON.stringify(finding);
      if (found.has(key)) continue;
      const where = region === undefined ? "" : ` (in ${code(region)})`;
      found.set(key, { ...finding, what: `${finding.what}${where}` });
    }
  }
  return [...found.values()];
}

/** What is deployed in a region before and after. */
interface Sides {
  readonly was: Template;
  readonly is: Template;
  /** Undefined for those that no condition names. */
  readonly region: string | undefined;
  /** Those that conditions name. */
  readonly others: readonly string[];
  readonly change: Change;
  readonly context: PlanContext;
}

function compared(sides: Sides): readonly Finding[] {
  const { was, is, change } = sides;
  const rest =
    was.rest === is.rest
      ? []
      : [about(change, [BODY], false, "Other conditions decide where the template's resources are deployed")];
  const within = { ...sides, context: withoutGone(sides) };
  const found = [...was.resources].flatMap(([id, resource]) => {
    const now = is.resources.get(id);
    const findings = now ? changed(id, resource, now, within) : removed(id, resource, within);
    return findings.map((finding) => located(finding, id, change));
  });
  return [...found, ...rest];
}

/** A resource that isn't in the template any more. */
function removed(id: string, { type, values }: RolledOut, sides: Sides): readonly Finding[] {
  const { is, change, context } = sides;
  const [rule = ""] = id.split(".");
  // Reported with its rule.
  if (type === TARGET && !is.resources.has(rule)) return [];
  if (type === undefined) return [about(change, [BODY], false, "The template lacks a resource")];
  const lacks = `The template lacks ${labelOf(type)} ${code(shown(id, change))}`;
  if (type !== RULE) return [{ weakens: true, what: lacks }];
  const way = wayOf(id, sides);
  const verdict = verdictOn(way, ruleOf(values), undefined, sides);
  return verdict.narrows === "no" ? [] : [{ weakens: true, what: `${lacks}${way ? forwardedLess(way, context) : ""}` }];
}

function changed(id: string, was: RolledOut, now: RolledOut, sides: Sides): readonly Finding[] {
  const { change, context } = sides;
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
    return (check === rulePattern || check === ruleReadOnly) && findings.length > 0
      ? onEvents(check, findings, id, was, now, sides)
      : findings;
  });
  const [had, has] = [was, now].map(({ text }) => conditionOf(text));
  return had === has
    ? found
    : [...found, about(change, [BODY], false, "Another condition decides where a resource is deployed")];
}

/** What the bus's rules and the template's other ones leave of what one of them loses. */
function onEvents(
  check: Check,
  findings: readonly Finding[],
  id: string,
  was: RolledOut,
  now: RolledOut,
  sides: Sides,
): readonly Finding[] {
  const [before, after] = [ruleOf(was.values), ruleOf(now.values)];
  const way = wayOf(id, sides);
  const where = way ? forwardedLess(way, sides.context) : "";
  const placed = findings.map((finding) => ({ ...finding, what: `${finding.what}${where}` }));
  if (check === ruleReadOnly) {
    const needed = way && sides.context.busRules.lostTo(way.bus, way.region, before, rulesOf(sides.is, way.bus));
    return needed?.narrows === "no" ? [] : placed;
  }
  const verdict = verdictOn(way, before, narrowing(before.pattern, after.pattern), sides);
  if (verdict.narrows === "no") return [];
  return verdict.narrows === "yes"
    ? placed
    : findings.map((finding) => ({ ...finding, weakens: false, what: `${MAY}${where}` }));
}

function verdictOn(way: Way | undefined, was: PassingRule, alone: Narrowing | undefined, sides: Sides): Narrowing {
  const { is, context } = sides;
  if (!way) return passedByOthers(was, alone, rulesOf(is));
  return context.busRules.has(way.bus)
    ? passedOn(way, was, alone, rulesOf(is, way.bus), context)
    : passedByOthers(was, alone, rulesOf(is));
}

/** Where a rule of the template sent events to; undefined where that isn't clear. */
function wayOf(id: string, { was, region, others }: Sides): Way | undefined {
  const buses = [...was.resources].flatMap(([name, { type, values }]) =>
    type === TARGET && name.startsWith(`${id}.`) && typeof values.arn === "string" ? [values.arn] : [],
  );
  const [bus] = buses;
  if (bus === undefined || buses.length > 1) return undefined;
  const [, , , home = ""] = bus.split(":");
  const global = globalEventsRegionOf(home);
  // Where no condition sets the global region apart, any region may be it.
  return { bus, region: region ?? (others.includes(global) ? undefined : global) };
}

/** What policies no longer allow to a rule that is gone is no further loss. */
function withoutGone({ was, is, context }: Sides): PlanContext {
  const gone = [...was.resources].flatMap(([id, { type, values }]) => {
    if (type !== RULE || is.resources.has(id)) return [];
    const arn = `arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:rule/${String(values.name)}`;
    return [arn, canonical({ "Fn::Sub": arn }), canonical({ "Fn::GetAtt": [id, "Arn"] })];
  });
  return gone.length === 0 ? context : { ...context, gone: new Set([...context.gone, ...gone]) };
}

function conditionOf(text: string): string {
  const resource: unknown = text === "" ? {} : JSON.parse(text);
  return JSON.stringify((resource as Readonly<Record<string, unknown>>).Condition ?? null);
}

/** The template's rules, or those that send to a bus. */
function rulesOf({ resources }: Template, bus?: string): readonly PassingRule[] {
  const sends = (id: string) =>
    [...resources].some(
      ([name, { type, values }]) => type === TARGET && name.startsWith(`${id}.`) && values.arn === bus,
    );
  return [...resources]
    .filter(([id, { type }]) => type === RULE && (bus === undefined || sends(id)))
    .map(([, { values }]) => ruleOf(values));
}

/** Where in the template a finding is. */
function located(finding: Finding, id: string, change: Change): Finding {
  const inner = finding.attribute === undefined || finding.attribute === BODY ? "" : `.${finding.attribute}`;
  return { ...finding, attribute: change.isSensitive([BODY]) ? BODY : `${BODY}.Resources.${id}${inner}` };
}

function shown(id: string, change: Change): string {
  return change.isSensitive([BODY]) ? "(sensitive)" : id;
}
