import type { Placed } from "./by-region";
import { checks } from "./checks/checks";
import type { Check, Finding } from "./evaluation/check";
import { contextOf, overwrites, type PlanContext, reasonFor } from "./evaluation/context";
import { labelOf } from "./monitoring/labels";
import { Monitoring, type Reason } from "./monitoring/monitoring";
import { regionalName } from "./monitoring/regional-name";
import type { Change, Plan } from "./plan/plan";
import { rejectedByAws } from "./rejected-by-aws";

/** What a check reports about one resource: a violation, or a possible one where the result is indeterminate. */
export interface Violation extends Placed {
  /** `<address>#<check>`. */
  readonly id: string;
  readonly check: Check;
  readonly address: string;
  /** Such as `the bucket`. */
  readonly label: string;
  /** Why the resource counts as part of the monitoring, such as `the bucket of aws_cloudtrail.trail`. */
  readonly because: { readonly text: string; readonly other?: string };
  readonly findings: readonly Finding[];
}

/** A violation that the user accepts. */
export interface Accepted extends Violation {
  readonly reason: string;
}

/** Something that was changed outside Terraform. */
export interface Drift extends Violation {
  /** Whether the plan repairs it. */
  readonly repaired: boolean;
}

/** A resource of the monitoring that the plan changes. */
export interface Touched extends Placed {
  readonly address: string;
  readonly label: string;
  readonly action: Change["action"];
  /** Attributes that change. */
  readonly attributes: readonly string[];
  readonly imported: boolean;
  readonly previousAddress?: string;
}

export interface Review {
  readonly refused: readonly Violation[];
  readonly accepted: readonly Accepted[];
  readonly indeterminate: readonly Violation[];
  readonly drift: readonly Drift[];
  readonly touched: readonly Touched[];
  /** How many resources belong to the monitoring, unchanged ones included. */
  readonly watched: number;
  /** How many other resources there are, by action. */
  readonly rest: Readonly<Partial<Record<Change["action"], number>>>;
  readonly notes: readonly string[];
}

const INSTANCE = "aws_cloudformation_stack_set_instance";
const BY_TYPE = new Map<string, readonly Check[]>();

/**
 * Evaluates a plan: finds what weakens the monitoring.
 *
 * @param accepting reasons, by the ids of accepted violations
 */
export function evaluate(plan: Plan, accepting: ReadonlyMap<string, string> = new Map()): Review {
  const monitoring = new Monitoring(plan);
  const context = contextOf(plan, monitoring);
  const isWatched = ({ address }: Change) => reasonFor(address, context) !== undefined;
  const violations = plan.changes.flatMap((change) => (change.action === "no-op" ? [] : violationsOf(change, context)));
  const weakening = violations.flatMap((violation) => only(violation, true));
  const watched = plan.changes.filter(isWatched);
  const rest: Partial<Record<Change["action"], number>> = {};
  for (const change of plan.changes) if (!isWatched(change)) rest[change.action] = (rest[change.action] ?? 0) + 1;
  return {
    refused: weakening.filter(({ id }) => !accepting.has(id)),
    accepted: weakening.flatMap((violation) => {
      const reason = accepting.get(violation.id);
      return reason === undefined ? [] : [{ ...violation, reason }];
    }),
    indeterminate: violations.flatMap((violation) => only(violation, false)),
    drift: plan.drift.flatMap((drifted) => driftOf(drifted, context)),
    touched: watched.flatMap((change) => touchedBy(change, monitoring)),
    watched: watched.length,
    rest,
    notes: notesOn(plan, new Set(weakening.map(({ id }) => id)), accepting, watched.length === 0),
  };
}

/** Everything that the checks report about a change. What is created counts as a change of what it overwrites. */
function violationsOf(change: Change, context: PlanContext): readonly Violation[] {
  const { monitoring, overwritten } = context;
  const others = overwritten.get(change.address) ?? [];
  const over = others.flatMap((other) =>
    foundBy(change.since(other.before), overwrites(other, monitoring, change.address), context),
  );
  if (change.action === "create" && others.length > 0) return distinct(over);
  const reason = monitoring.reason(change.address);
  const found = reason ? foundBy(change, reason, context) : [];
  // That the last subscriber goes is more specific than that a subscription does.
  const last = found.some(
    ({ check, findings }) => check.id === "last-subscriber" && findings.some(({ weakens }) => weakens),
  );
  return distinct([...over, ...(last ? found.filter(({ check }) => check.id !== "destroyed") : found)]);
}

function foundBy(change: Change, { text, other, certain }: Reason, context: PlanContext): readonly Violation[] {
  return checksFor(change.type).flatMap((check): readonly Violation[] => {
    const all = check.evaluate(change, context);
    // Many values of a replaced resource are unknown, and the replacement itself is reported already.
    const findings = change.action === "replace" ? all.filter(({ weakens }) => weakens) : all;
    if (findings.length === 0) return [];
    return [
      {
        id: `${change.address}#${check.id}`,
        check,
        address: change.address,
        label: labelOf(change.type),
        ...placeOf(change, context.monitoring),
        because: { text, ...(other !== undefined && { other }) },
        findings: certain ? findings : findings.map((finding) => ({ ...finding, weakens: false })),
      },
    ];
  });
}

/** One violation for each id, with all findings: the id is what users accept. */
function distinct(violations: readonly Violation[]): readonly Violation[] {
  const byId = new Map<string, Violation>();
  for (const violation of violations) {
    const same = byId.get(violation.id);
    byId.set(violation.id, same ? { ...same, findings: [...same.findings, ...violation.findings] } : violation);
  }
  return [...byId.values()];
}

function checksFor(type: string): readonly Check[] {
  const known =
    BY_TYPE.get(type) ?? checks.filter(({ looksAt }) => Object.hasOwn(looksAt, type) || Object.hasOwn(looksAt, "*"));
  BY_TYPE.set(type, known);
  return known;
}

function only(violation: Violation, weakens: boolean): readonly Violation[] {
  const findings = violation.findings.filter((finding) => finding.weakens === weakens);
  return findings.length === 0 ? [] : [{ ...violation, findings }];
}

/**
 * What was weakened outside Terraform. The plan repairs it when nothing is weaker than before that.
 */
function driftOf(drifted: Change, context: PlanContext): readonly Drift[] {
  const planned = context.changes.get(drifted.address);
  const since = planned?.since(drifted.before);
  return violationsOf(drifted, context).flatMap((violation) => {
    return only(violation, true).map((weakened) => ({
      ...weakened,
      repaired: since?.after !== undefined && weakened.check.evaluate(since, context).length === 0,
    }));
  });
}

function placeOf(change: Change, monitoring: Monitoring): Pick<Placed, "region" | "name"> {
  const { type, address, before, after } = change;
  const deployed = type === INSTANCE ? (before ?? after)?.stack_set_instance_region : undefined;
  const region = typeof deployed === "string" ? deployed : monitoring.regionOf(address);
  if (region === undefined) return {};
  const name = regionalName(change, region);
  return { region, ...(name !== undefined && { name }) };
}

function touchedBy(change: Change, monitoring: Monitoring): readonly Touched[] {
  const { address, type, action, imported, previousAddress } = change;
  if (action === "no-op" && !imported && previousAddress === undefined) return [];
  return [
    {
      address,
      label: labelOf(type),
      ...placeOf(change, monitoring),
      action,
      attributes: action === "update" ? change.changedAttributes() : [],
      imported,
      ...(previousAddress !== undefined && { previousAddress }),
    },
  ];
}

function notesOn(
  plan: Plan,
  found: ReadonlySet<string>,
  accepting: ReadonlyMap<string, string>,
  none: boolean,
): readonly string[] {
  return [
    ...[...accepting.keys()]
      .filter((id) => !found.has(id))
      .map((id) => `Unused --accept: no violation has the id ${JSON.stringify(id)}. Remove it.`),
    ...(plan.complete ? [] : ["This plan is incomplete (-target, or deferred changes). Review the next plan too."]),
    ...(plan.deferred.length > 0
      ? [`Terraform defers ${counted(plan.deferred.length, "change")}, which this review does not include.`]
      : []),
    ...(plan.deposed > 0
      ? [`The plan also destroys ${counted(plan.deposed, "deposed object")}, left over from an earlier replacement.`]
      : []),
    ...rejectedByAws(plan.changes),
    ...(none && plan.changes.length > 0
      ? ["Nothing in this plan belongs to the monitoring of CloudTrail. Check that it is the right plan."]
      : []),
  ];
}

function counted(count: number, label: string): string {
  return `${count} ${label}${count === 1 ? "" : "s"}`;
}
