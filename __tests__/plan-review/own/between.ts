import type { SynthesizedStack } from "../../../assertions/synthesized-stack";
import { type Entry, entry } from "../plans";
import { planOfStack } from "./plan";

/** The plan that leads from a stack that stands to another one. What AWS makes up isn't known of what is created. */
export function planBetween(before: SynthesizedStack, after: SynthesizedStack, home?: string): readonly Entry[] {
  const [was, is] = [before, after].map(
    (stack) => new Map(planOfStack(stack, home).map((each) => [each.address, each])),
  );
  const addresses = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return [...addresses].map((address) => {
    const [old, now] = [was, is].map((side) => side?.get(address)?.change.before as object | undefined);
    if (old === undefined && now !== undefined) {
      const made = address.startsWith("aws_cloudwatch_event_target.") ? [] : ["arn", "url", "key_id"];
      const values = Object.fromEntries(Object.entries(now).filter(([name]) => !made.includes(name)));
      const after_unknown = Object.fromEntries(made.filter((name) => name in now).map((name) => [name, true]));
      return entry(address, ["create"], null, values, { after_unknown });
    }
    if (now === undefined) return entry(address, ["delete"], old, null);
    return entry(address, [JSON.stringify(old) === JSON.stringify(now) ? "no-op" : "update"], old, now);
  });
}
