/**
 * What is left of a `contain` text whose first step is to stop the caller: alerts have a step of their own for that.
 *
 * @returns the other steps, empty where there are none; undefined where the text begins with something else
 */
export function afterStoppingCaller(contain: string): string | undefined {
  const [begins, rest = ""] = /^Stop the caller(?:, (?:and|then) (.+)|\.)$/.exec(contain) ?? [];
  return begins === undefined ? undefined : `${rest.slice(0, 1).toUpperCase()}${rest.slice(1)}`;
}
