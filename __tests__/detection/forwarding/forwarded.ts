import type { Detection } from "../../../detection/definition/detection";
import { hasRule } from "../../../detection/definition/detection";
import type { Forwarder } from "../../../detection/forwarding/forwarder";
import { compilePattern } from "../../../detection/pattern/compile";
import { matches } from "../../../detection/pattern/match";
import { type Replacements, resolve } from "../../../detection/pattern/resolve";

/** Asks, event by event, which home rules and which forwarders match. */
export function judges(detections: readonly Detection[], forwarders: readonly Forwarder[], names: Replacements) {
  const rules = detections
    .filter(hasRule)
    .map((detection) => ({ detection, pattern: compilePattern(resolve(detection.pattern, names)) }));
  const passes = forwarders.map((forwarder) => ({ forwarder, pattern: compilePattern(forwarder.pattern) }));
  return {
    home: (event: unknown) => rules.filter(({ pattern }) => matches(pattern, event)).map(({ detection }) => detection),
    /** @param global whether the event occurs in the partition's global region */
    forwarders: (event: unknown, global = true) =>
      passes
        .filter(({ forwarder, pattern }) => (global || forwarder.where === "everywhere") && matches(pattern, event))
        .map(({ forwarder }) => forwarder),
  };
}
