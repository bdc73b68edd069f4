import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, type Review } from "../../plan-review/evaluate";
import { planOf } from "../../plan-review/plan/read-plan";

type Values = Readonly<Record<string, unknown>>;

/** A resource's entry in a plan, as Terraform writes it. */
export interface Entry {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly change: Values;
}

const FIXTURES = join(__dirname, "..", "fixtures");
const BASELINE: readonly Entry[] = JSON.parse(
  readFileSync(join(FIXTURES, "review-baseline.json"), "utf8"),
).resource_changes;

/** Plans of a check: `refused`, `fine` and `indeterminate`, as far as there are such. */
export function fixture(check: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(FIXTURES, "review", `${check}.json`), "utf8"));
}

/** An HCL configuration's monitoring, its trail in a module, in a plan that changes nothing. */
export function baseline(): readonly Entry[] {
  return BASELINE;
}

/** The values of a resource of that configuration. */
export function valuesOf(address: string): Values {
  const found = baseline().find((each) => each.address === address);
  if (!found) throw new Error(`the baseline has no ${address}`);
  return found.change.before as Values;
}

export function entry(
  address: string,
  actions: readonly string[],
  before: unknown,
  after: unknown,
  more: Values = {},
): Entry {
  const type = /(?:^|\.)(aws_\w+)/.exec(address)?.[1] ?? "";
  return { address, type, mode: "managed", change: { actions, before, after, after_unknown: {}, ...more } };
}

/** The baseline's plan with some entries in the place of its own, or besides. */
export function planWith(entries: readonly Entry[], more: Values = {}): Values {
  const others = baseline().filter(({ address }) => !entries.some((each) => each.address === address));
  return { format_version: "1.2", resource_changes: [...others, ...entries], ...more };
}

/** The baseline with one resource changed. */
export function changed(address: string, after: Values, before: Values = {}): Entry {
  const values = valuesOf(address);
  return entry(address, ["update"], { ...values, ...before }, { ...values, ...before, ...after });
}

export function review(plan: unknown, accepting?: ReadonlyMap<string, string>): Review {
  return evaluate(planOf(plan), accepting);
}

export function ids(violations: Review["refused"]): readonly string[] {
  return violations.map(({ id }) => id);
}

/** Ids of what is refused and of what is indeterminate, where some of the baseline's resources change. */
export function outcome(
  ...entries: readonly Entry[]
): Readonly<Record<"refused" | "indeterminate", readonly string[]>> {
  const { refused, indeterminate } = review(planWith(entries));
  return { refused: ids(refused), indeterminate: ids(indeterminate) };
}

/** A resource that the baseline has besides, and that stays as it is. */
export function besides(address: string, values: Values): Entry {
  return entry(address, ["no-op"], values, values);
}

export const NOTHING = { refused: [], indeterminate: [] };
