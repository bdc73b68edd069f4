import { NOTIFIER_VARIABLES } from "./notifier-variables";
import type { Variable } from "./variable";
import { TerraformText } from "./write";

/** What the notifier's environment is written from: every entry of `NOTIFIER_VARIABLES`. */
export type NotifierEnvironmentValues = {
  readonly [Key in keyof typeof NOTIFIER_VARIABLES]:
    | Parameters<(typeof NOTIFIER_VARIABLES)[Key]["write"]>[0]
    | TerraformText;
};

/** The environment's texts by variable; what is empty is left out. */
export function writeNotifierEnvironment(values: NotifierEnvironmentValues): Readonly<Record<string, string>> {
  const variables = Object.entries(NOTIFIER_VARIABLES) as unknown as readonly (readonly [
    keyof NotifierEnvironmentValues,
    Variable<unknown>,
  ])[];
  const texts = variables.map(([key, { name, write }]) => {
    const value = values[key];
    return [name, value instanceof TerraformText ? value.expression : write(value)] as const;
  });
  return Object.fromEntries(texts.filter(([, text]) => text !== ""));
}
