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

/** The entries whose values are the configuration's, under the same keys. */
const CONFIGURED = ["packs", "disabledDetections", "maxAlertsPerHour", "accountNames", "timeZone"] as const;

type Configured = {
  readonly [Key in (typeof CONFIGURED)[number]]: Parameters<(typeof VARIABLES)[Key]["write"]>[0];
};

/** What a configuration says to the function, and what is suppressed beside the zip. */
export type FunctionSettings = Pick<EnvironmentValues, (typeof CONFIGURED)[number] | "suppressions">;

/** The function's part of a configuration. Its suppressions are in the zip. */
export function settingsOf(
  config: Omit<Configured, "timeZone"> & { readonly timeZone?: string | undefined },
): FunctionSettings {
  const picked = Object.fromEntries(CONFIGURED.map((key) => [key, config[key]])) as unknown as Configured;
  return { ...picked, suppressions: [] };
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
