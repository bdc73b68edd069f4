import { canonical, isValues, UNKNOWN, type Value, type Values, withUnknown } from "./values";

/** What a plan does with a resource: `replace` is its destruction and creation in either order, `forget` leaves it in AWS. */
export type Action = "no-op" | "create" | "read" | "update" | "delete" | "replace" | "forget";

/** A step of a path into a resource's values. */
export type Step = string | number;

/** What a plan says of one resource. Source: https://developer.hashicorp.com/terraform/internals/json-format */
export class Change {
  readonly address: string;
  /** Where it stood before a `moved` block. */
  readonly previousAddress: string | undefined;
  readonly type: string;
  readonly action: Action;
  /** Undefined for what isn't there yet. */
  readonly before: Values | undefined;
  /** Why it is replaced or destroyed, such as `delete_because_count_index`. */
  readonly reason: string | undefined;
  /** Attributes whose change can't be made in place. */
  readonly replacePaths: readonly string[];
  readonly imported: boolean;
  readonly #given: GivenChange;
  #after: Values | undefined | null = null;

  constructor(given: GivenChange) {
    this.#given = given;
    this.address = given.address;
    this.previousAddress = given.previousAddress;
    this.type = given.type;
    this.action = given.action;
    this.before = isValues(given.before) ? given.before : undefined;
    this.reason = given.reason;
    this.replacePaths = given.replacePaths;
    this.imported = given.imported;
  }

  /** With `UNKNOWN` where the plan says so; undefined for what will not be there any more. */
  get after(): Values | undefined {
    if (this.#after === null) {
      const { after, afterUnknown, action } = this.#given;
      const gone = action === "delete" || action === "forget";
      const value = gone ? null : withUnknown(after, afterUnknown);
      this.#after = isValues(value) ? value : undefined;
    }
    return this.#after;
  }

  /** The same resource, but as it would change from another state: what a plan makes of drift. */
  since(before: Values | undefined): Change {
    return new Change({ ...this.#given, before });
  }

  /** Names of the attributes that differ, those that aren't known yet included. */
  changedAttributes(): readonly string[] {
    const { before = {}, after = {} } = this;
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.filter((name) => canonical(before[name]) !== canonical(after[name])).sort();
  }

  /** Whether any of an attribute's value, before or after, is marked as sensitive. */
  isSensitive(path: readonly Step[]): boolean {
    const { beforeSensitive, afterSensitive } = this.#given;
    return isMarked(beforeSensitive, path) || isMarked(afterSensitive, path);
  }

  /** An attribute's value for people, before or after: nothing that is marked as sensitive. */
  shown(side: "before" | "after", path: readonly Step[]): string {
    const { beforeSensitive, afterSensitive } = this.#given;
    if (isMarked(side === "before" ? beforeSensitive : afterSensitive, path)) return "(sensitive)";
    let value: Value | undefined = side === "before" ? this.before : this.after;
    for (const step of path) value = typeof value === "object" && value !== null ? (value as Values)[step] : value;
    return shownValue(value);
  }
}

export interface GivenChange {
  readonly address: string;
  readonly previousAddress: string | undefined;
  readonly type: string;
  readonly action: Action;
  readonly before: unknown;
  readonly after: unknown;
  readonly afterUnknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
  readonly reason: string | undefined;
  readonly replacePaths: readonly string[];
  readonly imported: boolean;
}

/** A plan, as far as a review needs it. */
export interface Plan {
  /** Managed resources, those that stay as they are included. */
  readonly changes: readonly Change[];
  /** What the refresh found changed outside Terraform. */
  readonly drift: readonly Change[];
  /** Objects left over by an earlier replacement that failed, which the plan clears away. */
  readonly deposed: number;
  /** Addresses that Terraform puts off to a later plan. */
  readonly deferred: readonly string[];
  /** Whether the plan has everything that the configuration asks for: not with `-target`, nor with deferred changes. */
  readonly complete: boolean;
  /** `configuration`, as parsed JSON. */
  readonly configuration: unknown;
  /** Resources that Terraform knows of, but which aren't among the changes. */
  readonly others: readonly { readonly address: string; readonly type: string; readonly values: Values }[];
}

function isMarked(mask: unknown, path: readonly Step[]): boolean {
  let marked: unknown = mask;
  for (const step of path) {
    if (marked === true) return true;
    if (typeof marked !== "object" || marked === null) return false;
    marked = (marked as Record<Step, unknown>)[step];
  }
  return holdsTrue(marked);
}

function holdsTrue(mask: unknown): boolean {
  return mask === true || (typeof mask === "object" && mask !== null && Object.values(mask).some(holdsTrue));
}

function shownValue(value: Value | undefined): string {
  if (value === UNKNOWN) return "(known after apply)";
  if (value === undefined || value === null || value === "") return "(not set)";
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_, inner) => (inner === UNKNOWN ? "(known after apply)" : inner)) ?? "(not set)";
}
