import { mayOnlyRead } from "../../../detection/definition/rule-state";
import { isSingle } from "../../../detection/forwarding/fields";
import { samples } from "../../../detection/pattern/analysis/samples";
import { type Conjunction, parsePattern } from "../../../detection/pattern/conjunctions";
import type { EventPattern, Scalar } from "../../../detection/pattern/pattern";
import { acceptsAbsence, testField } from "../../../detection/pattern/value-test";
import type { Random } from "../../../tools/random";

type Choice = Scalar | undefined;

/** Fields of a record that hold no lists. */
const OBJECTS =
  /^detail\.userIdentity\.(sessionContext(\.(sessionIssuer|attributes))?\.)?[^.]+$|^detail\.[^.]+$|^[^.]+$/;

/** Makes events of AWS's own that come close to the patterns: each fits one of them, but for what chance changes. */
export class EventMaker {
  readonly #conjunctions: readonly Conjunction[];
  /** What any pattern asks of a field, and what lies beside it. */
  readonly #choices = new Map<string, Choice[]>();
  readonly #fields: readonly string[];

  constructor(patterns: readonly EventPattern[]) {
    this.#conjunctions = patterns.flatMap((pattern) => parsePattern(pattern));
    for (const { field, conditions } of this.#conjunctions.flat()) {
      const known = this.#choices.get(field) ?? [undefined];
      this.#choices.set(field, [...new Set([...known, ...conditions.flatMap(samples)])]);
    }
    this.#fields = [...this.#choices.keys()];
  }

  make(random: Random): Readonly<Record<string, unknown>> {
    const chosen = new Map<string, Choice>();
    const changes = random.pick([0, 0, 0.05, 0.2]);
    for (const { field, conditions } of random.pick(this.#conjunctions)) {
      const values = conditions.flatMap(samples).filter(testField(conditions).accepts);
      const fitting: readonly Choice[] = acceptsAbsence(conditions) ? [undefined, undefined, ...values] : values;
      const any = random.chance(changes) || fitting.length === 0;
      chosen.set(field, random.pick(any ? (this.#choices.get(field) ?? []) : fitting));
    }
    for (let more = random.below(7); more > 0; more--) {
      const field = random.pick(this.#fields);
      if (!chosen.has(field)) chosen.set(field, random.pick(this.#choices.get(field) ?? []));
    }
    const source = chosen.get("source");
    if (typeof source !== "string" || !source.startsWith("aws.")) chosen.set("source", random.pick(SOURCES));
    const name = chosen.get("detail.eventName");
    chosen.set("detail.readOnly", typeof name !== "string" || mayOnlyRead(name) ? random.chance(0.5) : false);
    const event: Record<string, unknown> = {};
    for (const [field, value] of chosen) {
      if (value !== undefined) put(event, field.split("."), isSingle(field) ? value : listed(random, field, value));
    }
    return event;
  }
}

const SOURCES = ["aws.iam", "aws.ec2", "aws.s3", "aws.sts", "aws.signin", "aws.brand-new"];

/** Requests and responses have lists. */
function listed(random: Random, field: string, value: Scalar): unknown {
  if (OBJECTS.test(field) || random.chance(0.8)) return value;
  return random.shuffle([value, random.pick<unknown>(["something-else", null, 1, {}])]);
}

function put(event: Record<string, unknown>, steps: readonly string[], value: unknown): void {
  const [step = "", ...rest] = steps;
  if (rest.length === 0) {
    if (!Object.hasOwn(event, step)) set(event, step, value);
    return;
  }
  const below = Object.hasOwn(event, step) ? event[step] : {};
  if (typeof below !== "object" || below === null || Array.isArray(below)) return;
  set(event, step, below);
  put(below as Record<string, unknown>, rest, value);
}

/** Also under `__proto__`. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
