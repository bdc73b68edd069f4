import { type Names, namesFrom } from "../../detection/definition/names";
import type { Variable } from "./variable";
import { VARIABLES } from "./variables";

type Values = { readonly [Key in keyof typeof VARIABLES]: ReturnType<(typeof VARIABLES)[Key]["read"]> };

/** What the function reads of its environment, by the entries of `VARIABLES`. */
export type Environment = Omit<Values, "accountNames" | "timeZone" | "names"> & {
  /** What readers call accounts, and their time zone. */
  readonly labels: { readonly accountNames: Values["accountNames"]; readonly timeZone?: string };
  /** What placeholders in patterns stand for; nothing where the environment doesn't say. */
  readonly names: Names | Readonly<Record<string, never>>;
};

/** @throws EnvironmentError for the first variable that the function can't start with */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const { accountNames, timeZone, names, ...values } = valuesOf(variables);
  const [, partition = "", , region = "", account = "", alertsTopic = ""] = values.topicArn.split(":");
  return {
    ...values,
    labels: { accountNames, ...(timeZone !== undefined && { timeZone }) },
    names: names === undefined ? {} : namesFrom({ ...names, partition, region, account, alertsTopic }),
  };
}

function valuesOf(variables: Readonly<Record<string, string | undefined>>): Values {
  const entries: readonly (readonly [string, Variable<never, unknown>])[] = Object.entries(VARIABLES);
  return Object.fromEntries(entries.map(([key, { name, read }]) => [key, read(variables[name])])) as Values;
}
