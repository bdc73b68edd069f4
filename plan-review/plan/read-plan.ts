import { jsonOf, MAKE_PLAN, PlanError, textOf, whyNotPlan } from "./not-a-plan";
import { type Action, Change, type Plan } from "./plan";
import { isValues, type Values } from "./values";

const ACTIONS: Readonly<Record<string, Action>> = {
  "no-op": "no-op",
  create: "create",
  read: "read",
  update: "update",
  delete: "delete",
  "delete,create": "replace",
  "create,delete": "replace",
  forget: "forget",
  "create,forget": "forget",
  "forget,create": "forget",
  // OpenTofu's ephemeral resources.
  open: "read",
};

/**
 * Reads what `terraform show -json` or `tofu show -json` writes of a plan.
 *
 * @throws PlanError for anything else
 */
export function readPlan(bytes: Buffer): Plan {
  return planOf(jsonOf(textOf(bytes)));
}

/**
 * @param json a plan's, parsed
 * @throws PlanError for anything else
 */
export function planOf(json: unknown): Plan {
  if (!isValues(json) || json.format_version === undefined) throw new PlanError(whyNotPlan(json));
  const plan = json as Readonly<Record<string, unknown>>;
  const version = plan.format_version;
  if (typeof version !== "string" || !/^1(\.|$)/.test(version)) {
    throw new PlanError(
      `has format_version ${shown(version)}; allowed: 1.x. Plan with Terraform 1.1 or later, or OpenTofu`,
    );
  }
  if (["resource_changes", "planned_values", "resource_drift", "output_changes"].every((key) => !(key in plan))) {
    throw new PlanError(whyNotPlan("values" in plan ? plan : { ...plan, format_version: undefined, values: null }));
  }
  if (plan.errored === true) {
    throw new PlanError(
      `is a plan that ended with an error, so it is incomplete: fix the error, then run ${MAKE_PLAN}`,
    );
  }
  const listed = entries(plan, "resource_changes");
  const changes = listed.filter(({ deposed, managed }) => managed && !deposed).map(({ change }) => change);
  const known = new Set(changes.map(({ address }) => address));
  const deferred = list(plan, "deferred_changes").flatMap((each) => {
    const address = isValues(each) && isValues(each.resource_change) ? each.resource_change.address : undefined;
    return typeof address === "string" ? [address] : [];
  });
  return {
    changes,
    drift: entries(plan, "resource_drift").flatMap(({ managed, change }) => (managed ? [change] : [])),
    deposed: listed.filter(({ deposed }) => deposed).length,
    deferred,
    complete: plan.complete !== false,
    configuration: plan.configuration,
    others: stateResources(isValues(plan.prior_state) ? plan.prior_state.values : undefined).filter(
      ({ address }) => !known.has(address),
    ),
  };
}

interface Entry {
  readonly change: Change;
  readonly managed: boolean;
  readonly deposed: boolean;
}

function entries(plan: Readonly<Record<string, unknown>>, key: string): readonly Entry[] {
  return list(plan, key).map((given, index) => entry(given, `${key}[${index}]`));
}

function list(plan: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const value = plan[key] ?? [];
  if (Array.isArray(value)) return value;
  throw new PlanError(`is not a plan: ${key} must be an array. Run ${MAKE_PLAN}`);
}

function entry(given: unknown, where: string): Entry {
  const bad = (what: string) => new PlanError(`is not a plan: ${where} ${what}. Run ${MAKE_PLAN}`);
  if (!isValues(given)) throw bad("must be an object");
  const { address, type, mode, deposed, previous_address, action_reason } = given;
  if (typeof address !== "string" || typeof type !== "string") throw bad("must have an address and a type");
  const change = given.change as Readonly<Record<string, unknown>> | undefined;
  if (!isValues(change)) throw bad("must have a change");
  const actions: unknown = change.actions;
  const action = Array.isArray(actions) ? ACTIONS[actions.join()] : undefined;
  if (action === undefined) throw bad(`has unknown actions ${shown(actions)}`);
  if (action === "update" && !(isValues(change.before) && isValues(change.after)))
    throw bad("is an update, so it must have before and after");
  const paths: readonly unknown[] = Array.isArray(change.replace_paths) ? change.replace_paths : [];
  return {
    managed: mode !== "data",
    deposed: typeof deposed === "string",
    change: new Change({
      address,
      previousAddress: typeof previous_address === "string" ? previous_address : undefined,
      type,
      action,
      before: change.before,
      after: change.after,
      afterUnknown: change.after_unknown,
      beforeSensitive: change.before_sensitive,
      afterSensitive: change.after_sensitive,
      reason: typeof action_reason === "string" ? action_reason : undefined,
      replacePaths: paths.filter(Array.isArray).map((path) => path.join(".")),
      imported: isValues(change.importing),
    }),
  };
}

/** Managed resources of a state, its modules' included. */
function stateResources(values: unknown): Plan["others"] {
  const found: { address: string; type: string; values: Values }[] = [];
  const modules: unknown[] = [isValues(values) ? values.root_module : undefined];
  for (let module = modules.pop(); module !== undefined || modules.length > 0; module = modules.pop()) {
    if (!isValues(module)) continue;
    if (Array.isArray(module.child_modules)) modules.push(...module.child_modules);
    for (const resource of Array.isArray(module.resources) ? module.resources : []) {
      if (!isValues(resource) || resource.mode === "data") continue;
      const { address, type, values: held } = resource;
      if (typeof address === "string" && typeof type === "string" && isValues(held)) {
        found.push({ address, type, values: held });
      }
    }
  }
  return found;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "none";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
