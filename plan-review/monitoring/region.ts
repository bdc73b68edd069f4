import type { Values } from "../plan/values";

/** Types in no region, or whose names are known in all of them. */
const GLOBAL = /^aws_(iam_|s3_)/;

/** The region that a resource's values show; undefined where they don't. */
export function regionIn(type: string, { region, arn }: Values): string | undefined {
  // Where the instance is deployed, not where it is managed.
  if (type === "aws_cloudformation_stack_set_instance") return undefined;
  if (typeof region === "string" && region !== "") return region;
  // A target's ARN is its receiver's.
  if (type === "aws_cloudwatch_event_target") return undefined;
  return typeof arn === "string" ? arn.split(":")[3] || undefined : undefined;
}

/** The regions that a resource is in at different times: none where they don't matter, or aren't known. */
export function regionsOf(
  type: string,
  states: readonly Values[],
  configured: () => string | undefined,
): ReadonlySet<string> {
  if (GLOBAL.test(type)) return new Set();
  const shown = states.flatMap((values) => regionIn(type, values) ?? []);
  if (shown.length > 0) return new Set(shown);
  const region = configured();
  return new Set(region === undefined ? [] : [region]);
}

/**
 * Whether a value means another region's resource: an ARN says which, and a plain name means the namer's own region.
 *
 * @param here the regions of the resource that has the value
 * @param there the regions of the one that has the name
 */
export function meansElsewhere(value: string, here: ReadonlySet<string>, there: ReadonlySet<string>): boolean {
  if (there.size === 0) return false;
  if (value.startsWith("arn:")) {
    const region = value.split(":")[3] ?? "";
    return region !== "" && !there.has(region);
  }
  // A queue's address has its region.
  return here.size > 0 && !value.includes("://") && ![...here].some((region) => there.has(region));
}
