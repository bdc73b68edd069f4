import { nameWithin, realName } from "../monitoring/real-names";
import { regionIn } from "../monitoring/region";
import type { Change, Plan } from "../plan/plan";
import { Providers } from "../plan/providers";
import type { Values } from "../plan/values";

/** A resource that another one overwrites by being created: AWS knows both by the same name. */
export interface Overwritten {
  readonly address: string;
  /** As it is before the plan. */
  readonly before: Values;
  /** Whether both are surely in the same account and region. */
  readonly certain: boolean;
}

interface Existing {
  readonly address: string;
  readonly values: Values;
}

/** What the resources that a plan creates overwrite, by the addresses of what is created. */
export function overwrittenBy(plan: Plan): ReadonlyMap<string, readonly Overwritten[]> {
  const created = plan.changes.filter(
    ({ type, action }) => (action === "create" || action === "replace") && nameWithin(type) !== undefined,
  );
  const types = new Set(created.map(({ type }) => type));
  const existing = new Map<string, Existing[]>();
  const add = (address: string, type: string, values: Values | undefined) => {
    const name = values && types.has(type) ? realName(type, values) : undefined;
    if (values === undefined || name === undefined) return;
    const those = existing.get(name) ?? [];
    those.push({ address, values });
    existing.set(name, those);
  };
  for (const { address, type, action, before } of plan.changes) {
    // What goes is refused for itself.
    if (action !== "delete") add(address, type, before);
  }
  for (const { address, type, values } of plan.others) add(address, type, values);
  const found = new Map<string, readonly Overwritten[]>();
  if (existing.size === 0) return found;
  const providers = new Providers(plan.configuration);
  for (const change of created) {
    const { address, type, after } = change;
    const name = after && realName(type, after);
    const those = (name === undefined ? [] : (existing.get(name) ?? [])).flatMap((other) => {
      const same = other.address === address || !after ? "no" : samePlace(change, after, other, providers);
      return same === "no" ? [] : [{ address: other.address, before: other.values, certain: same === "yes" }];
    });
    if (those.length > 0) found.set(address, those);
  }
  return found;
}

/** Whether two resources of a name are in the same account, and in the same region where that matters. */
function samePlace(
  { address, type }: Change,
  after: Values,
  other: Existing,
  providers: Providers,
): "yes" | "no" | "indeterminate" {
  const within = nameWithin(type);
  if (within === "the world") return "yes";
  if (within === "a region") {
    const [here, there] = [
      regionIn(type, after) ?? providers.regionOf(address),
      regionIn(type, other.values) ?? providers.regionOf(other.address),
    ];
    if (here !== undefined && there !== undefined && here !== there) return "no";
  }
  const [one, another] = [providers.keyOf(address), providers.keyOf(other.address)];
  return one === undefined || another === undefined || one === another ? "yes" : "indeterminate";
}
