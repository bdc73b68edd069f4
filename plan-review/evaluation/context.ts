import type { Monitoring, Reason } from "../monitoring/monitoring";
import type { Change, Plan } from "../plan/plan";
import { isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";
import { arnCovers } from "../policy/covers";
import { BusRules } from "./bus-rules";
import { type Overwritten, overwrittenBy } from "./overwritten";
import { type PassingOn, passingOn } from "./passing-on";

/** What a check may need to know of the plan beyond the change before it. */
export interface PlanContext {
  readonly monitoring: Monitoring;
  /** By address. */
  readonly changes: ReadonlyMap<string, Change>;
  readonly subscriptions: readonly Change[];
  /** ARNs of the monitoring's resources as they are before the plan, by type. */
  readonly arns: ReadonlyMap<string, readonly string[]>;
  /** ARNs of its functions' roles. */
  readonly functionRoles: readonly string[];
  /** ARNs of the monitoring's resources that nothing has any more after the plan. */
  readonly gone: ReadonlySet<string>;
  /** Of what is created: what it overwrites, as far as that belongs to the monitoring or the new one does. */
  readonly overwritten: ReadonlyMap<string, readonly Overwritten[]>;
  /** Rules that pass events to a bus of another region or account, by address. */
  readonly forwarders: ReadonlyMap<string, PassingOn>;
  /** What the rules of the buses that those pass to need. */
  readonly busRules: BusRules;
  /** Addresses of what was changed or removed outside Terraform. */
  readonly drifted: ReadonlySet<string>;
}

/** Attributes that make up a resource's ARN. */
const NAMES = ["name", "bucket", "function_name"];

/** What checks need to know of a plan. */
export function contextOf(plan: Plan, monitoring: Monitoring): PlanContext {
  const { changes } = plan;
  const watched = changes.filter(({ address }) => monitoring.reason(address) !== undefined);
  const leaving = watched.filter(leaves);
  const arns = new Map<string, string[]>();
  for (const { type, before } of watched) {
    if (typeof before?.arn !== "string") continue;
    const those = arns.get(type) ?? [];
    those.push(before.arn);
    arns.set(type, those);
  }
  const functionRoles = watched.flatMap(({ type, before }) =>
    type === "aws_lambda_function" && typeof before?.role === "string" ? [before.role] : [],
  );
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  return {
    monitoring,
    changes: byAddress,
    forwarders: passingOn(watched, monitoring, byAddress),
    busRules: new BusRules(plan, monitoring),
    subscriptions: changes.filter(({ type }) => type === "aws_sns_topic_subscription"),
    arns,
    functionRoles,
    overwritten: watchedOnly(overwrittenBy(plan), monitoring),
    drifted: new Set(plan.drift.map(({ address }) => address)),
    gone: new Set(leaving.flatMap(({ before }) => (typeof before?.arn === "string" ? [before.arn] : []))),
  };
}

function watchedOnly(
  overwritten: ReadonlyMap<string, readonly Overwritten[]>,
  monitoring: Monitoring,
): PlanContext["overwritten"] {
  const found = new Map<string, readonly Overwritten[]>();
  for (const [address, others] of overwritten) {
    const watched = monitoring.reason(address) !== undefined;
    const those = others.filter((other) => watched || monitoring.reason(other.address) !== undefined);
    if (those.length > 0) found.set(address, those);
  }
  return found;
}

/** Why a resource belongs to the monitoring, be it only because it overwrites what does; undefined when it doesn't. */
export function reasonFor(address: string, { monitoring, overwritten }: PlanContext): Reason | undefined {
  const [other] = overwritten.get(address) ?? [];
  return other ? overwrites(other, monitoring, address) : monitoring.reason(address);
}

/** Whether what stays of the monitoring, or is made, may have an ARN of this form, which is one name in every region. */
export function mayStay(form: string, { arns, gone, changes }: PlanContext): boolean {
  const stays = [...arns.values()].flat().some((arn) => !gone.has(arn) && arnCovers(form, arn));
  const isNamed = (name: Value | undefined) => name === UNKNOWN || (typeof name === "string" && isLast(form, name));
  return stays || [...changes.values()].some(({ before, after }) => !before && after && isNamed(after.name));
}

function isLast(form: string, name: string): boolean {
  return form.endsWith(`/${name}`) || form.endsWith(`:${name}`);
}

/** That a resource overwrites another one. */
export function overwrites(other: Overwritten, monitoring: Monitoring, address: string): Reason {
  const reason = monitoring.reason(other.address) ?? monitoring.reason(address);
  return { text: "overwrites", other: other.address, certain: other.certain && reason?.certain === true };
}

/** Destroyed, or replaced under another name. */
function leaves({ action, before, after }: Change): boolean {
  if (action === "delete") return true;
  return action === "replace" && NAMES.some((name) => !isEmpty(before?.[name]) && before?.[name] !== after?.[name]);
}

/**
 * The settings of a resource that is configured by another one, such as a bucket's by `aws_s3_bucket_versioning`.
 *
 * @returns the configured resource as it is before the plan; undefined if it isn't there yet, or if only an import shows it
 */
export function configured(change: Change, type: string, context: PlanContext): Values | undefined {
  const [address] = context.monitoring.referred(change.address, type);
  const base = address === undefined ? undefined : context.changes.get(address);
  return base?.imported ? undefined : base?.before;
}

/**
 * A resource's own copy of what another one configures, unless there is that other one: the AWS provider shows, say, a
 * bucket's versioning in the bucket as well, and is late with it.
 */
export function own(change: Change, companionType: string, context: PlanContext): boolean {
  return context.monitoring.referring(change.address, companionType).length === 0;
}

/** What an attribute was: of the change itself, or for a setting that is created, of what it configures. */
export function was(
  change: Change,
  attribute: string,
  base: Values | undefined,
  baseAttribute: string,
): Value | undefined {
  if (change.before) return change.before[attribute];
  const value = base?.[baseAttribute];
  return isEmpty(value) ? undefined : value;
}
