import { NOTIFIER_VARIABLES } from "./notifier-variables";
import type { Variable } from "./variable";

type Values = {
  readonly [Key in keyof typeof NOTIFIER_VARIABLES]: ReturnType<(typeof NOTIFIER_VARIABLES)[Key]["read"]>;
};

/** What the notifier reads of its environment, by the entries of `NOTIFIER_VARIABLES`. */
export type NotifierEnvironment = Omit<Values, "accountNames" | "timeZone"> & {
  /** What readers call accounts, and their time zone. */
  readonly labels: { readonly accountNames: Values["accountNames"]; readonly timeZone?: string };
};

/** @throws EnvironmentError for the first variable that the notifier can't start with */
export function readNotifierEnvironment(variables: Readonly<Record<string, string | undefined>>): NotifierEnvironment {
  const entries: readonly (readonly [string, Variable<never, unknown>])[] = Object.entries(NOTIFIER_VARIABLES);
  const read = Object.fromEntries(entries.map(([key, { name, read }]) => [key, read(variables[name])]));
  const { accountNames, timeZone, ...values } = read as Values;
  return { ...values, labels: { accountNames, ...(timeZone !== undefined && { timeZone }) } };
}
