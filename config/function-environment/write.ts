import type { Variable } from "./variable";
import { VARIABLES } from "./variables";

/** A variable's text that Terraform makes when it runs, in the form that the variable's `write` gives. */
export class TerraformText {
  constructor(readonly expression: string) {}
}

/** What the function's environment is written from: every entry of `VARIABLES`, or what nobody could read would be missing. */
export type EnvironmentValues = {
  readonly [Key in keyof typeof VARIABLES]: Parameters<(typeof VARIABLES)[Key]["write"]>[0] | TerraformText;
};

type ConfiguredKey = {
  [Key in keyof typeof VARIABLES]: (typeof VARIABLES)[Key] extends { readonly configured: true } ? Key : never;
}[keyof typeof VARIABLES];

/** What a configuration says to the function, and what is suppressed beside the zip. */
export type FunctionSettings = Pick<EnvironmentValues, ConfiguredKey | "suppressions">;

type ConfiguredValues = { readonly [Key in ConfiguredKey]: Parameters<(typeof VARIABLES)[Key]["write"]>[0] };

/** What a configuration may leave out. */
type Optional = "organization" | "timeZone";

/** The function's part of a configuration. Its suppressions are in the zip. */
export function settingsOf(
  config: Omit<ConfiguredValues, Optional> & Partial<Pick<ConfiguredValues, Optional>>,
): FunctionSettings {
  const keys = Object.entries(VARIABLES).flatMap(([key, variable]) => ("configured" in variable ? [key] : []));
  const picked = keys.map((key) => [key, config[key as ConfiguredKey]] as const);
  return { ...Object.fromEntries(picked), suppressions: [] } as unknown as FunctionSettings;
}

/** The environment's texts by variable; what is empty is left out. */
export function writeEnvironment(values: EnvironmentValues): Readonly<Record<string, string>> {
  const variables = Object.entries(VARIABLES) as unknown as readonly (readonly [
    keyof EnvironmentValues,
    Variable<unknown>,
  ])[];
  const texts = variables.map(([key, { name, write }]) => {
    const value = values[key];
    return [name, value instanceof TerraformText ? value.expression : write(value)] as const;
  });
  return Object.fromEntries(texts.filter(([, text]) => text !== ""));
}
