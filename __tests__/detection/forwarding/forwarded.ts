import { type Detection, hasRule } from "../../../detection/definition/detection";
import { type RuleState, ruleState } from "../../../detection/definition/rule-state";
import type { Forwarder } from "../../../detection/forwarding/forwarder";
import { isGlobal } from "../../../detection/forwarding/global-sources";
import { type CompiledPatterns, compilePatterns } from "../../../detection/pattern/compile";
import { matching } from "../../../detection/pattern/match";
import { type Replacements, resolve } from "../../../detection/pattern/resolve";

type Event = Readonly<Record<string, unknown>>;

/** Asks, event by event, which home rules and which forwarders get it. */
export class Judges {
  readonly #rules: readonly Detection[];
  readonly #home: CompiledPatterns;
  readonly #forwarding: CompiledPatterns;

  /** @param names what the patterns' placeholders stand for */
  constructor(
    detections: readonly Detection[],
    private readonly forwarders: readonly Forwarder[],
    names: Replacements,
  ) {
    this.#rules = detections.filter(hasRule);
    this.#home = compilePatterns(this.#rules.map(({ pattern }) => resolve(pattern, names)));
    this.#forwarding = compilePatterns(forwarders.map(({ pattern }) => pattern));
  }

  home(event: Event): readonly Detection[] {
    return matching(this.#home, event)
      .map((index) => this.#rules[index] as Detection)
      .filter(({ pattern }) => gets(ruleState(pattern), event));
  }

  /** @param inGlobalRegion whether it occurs in the partition's global region, where all forwarders are */
  forwarding(event: Event, inGlobalRegion = isGlobal(String(event.source))): readonly Forwarder[] {
    return matching(this.#forwarding, event)
      .map((index) => this.forwarders[index] as Forwarder)
      .filter(({ where, state }) => (inGlobalRegion || where === "everywhere") && gets(state, event));
  }

  /** What is wrong with how the event is forwarded. */
  problem(event: Event): "lost" | "twice" | undefined {
    const home = this.home(event);
    if (home.length === 0) return undefined;
    if (this.forwarding(event).length === 0) return "lost";
    const direct = home.some(({ route }) => route === "topic");
    return direct && this.forwarding(event, true).length > 1 ? "twice" : undefined;
  }
}

/** EventBridge hands read-only calls only to rules that ask for them. */
function gets(state: RuleState, event: Event): boolean {
  return (
    state === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" || (event.detail as Event | undefined)?.readOnly !== true
  );
}
