import type { EventEnvelope } from "../../detection/events/envelope";
import { isObject } from "../../detection/events/json";
import { type CompiledPattern, compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import type { Rule, RuleTarget } from "./synthesized-stack";

/** What a target gets from a rule. */
export interface RuleDelivery {
  readonly rule: string;
  readonly targetArn: string;
  /** The event as JSON, or what the input transformer made of it. */
  readonly body: string;
  readonly event: EventEnvelope;
}

/** The default event bus with the rules as synthesized. */
export class EventBus {
  readonly #rules: readonly (Rule & { readonly compiled: CompiledPattern })[];

  /** @param regions where the bus is, and those whose forwarders pass on whatever its rules may match: it sees no other's events */
  constructor(
    rules: readonly Rule[],
    private readonly regions: readonly string[],
  ) {
    this.#rules = rules.map((rule) => ({ ...rule, compiled: compilePattern(rule.pattern) }));
  }

  /** Whether the event comes to this bus: its regions' management events. */
  carries(event: EventEnvelope): boolean {
    return this.regions.includes(event.region) && event.detail.managementEvent !== false;
  }

  put(event: EventEnvelope): readonly RuleDelivery[] {
    return this.#rules
      .filter(({ state }) => state !== "DISABLED" && (state !== "ENABLED" || !isReadOnly(event)))
      .filter(({ compiled }) => matches(compiled, event))
      .flatMap(({ name, targets }) =>
        targets.map((target) => ({ rule: name, targetArn: target.arn, body: inputFor(target, event), event })),
      );
  }
}

/** Rules in state `ENABLED` are not shown these. */
function isReadOnly({ detail }: EventEnvelope): boolean {
  return detail.readOnly === true && /^(Describe|Get|List)/.test(detail.eventName);
}

function inputFor({ transformer }: RuleTarget, event: EventEnvelope): string {
  if (!transformer) return JSON.stringify(event);
  return transformer.input_template.replace(/<([\w-]+)>/g, (placeholder, name: string) => {
    const path = transformer.input_paths[name];
    return path === undefined ? placeholder : String(valueAt(event, path) ?? "");
  });
}

function valueAt(event: unknown, path: string): unknown {
  return path
    .replace(/^\$\./, "")
    .split(".")
    .reduce<unknown>((value, field) => (isObject(value) ? value[field] : undefined), event);
}
