/**
 * What a value of the configuration has to be, as data: the schema's tests and the conditions of a Terraform module's
 * variables are made from the same rule.
 *
 * Patterns mean the same to JavaScript and to Terraform's RE2: no lookaround, no `\s`, no `.`, no more than 1,000
 * repetitions, and the flag `u` or none.
 */

/** What a text that looks right must not be; `problem` where the rule's own words don't say why. */
export interface Refusal {
  readonly pattern: RegExp;
  /**
   * What it may be all the same.
   *
   * @default - nothing
   */
  readonly unless?: RegExp;
  readonly problem?: string;
}

export interface TextRule {
  readonly kind: "text";
  /** What an error says after `must be`. */
  readonly allowed: string;
  readonly matches: readonly RegExp[];
  readonly refuses: readonly Refusal[];
  /** A day of the calendar, written 2026-12-31. */
  readonly day?: true;
  /** What no condition of Terraform's can say: the schema alone asks it. */
  readonly beyond?: (text: string) => boolean;
}

export interface WholeNumberRule {
  readonly kind: "wholeNumber";
  readonly allowed: string;
  readonly minimum: number;
  readonly maximum: number;
}

export interface ChoiceRule {
  readonly kind: "choice";
  readonly allowed: string;
  readonly values: readonly (string | number)[];
}

export interface ListRule {
  readonly kind: "list";
  readonly allowed: string;
  readonly of: Rule;
  readonly minimum?: number;
  /** No two alike: `true` compares items, a field's name compares that field of items of the same kind. */
  readonly unique?: true | string;
}

export interface MapRule {
  readonly kind: "map";
  readonly allowed: string;
  readonly keys: TextRule;
  readonly values: Rule;
  readonly minimum?: number;
  readonly maximum: number;
}

/** An object of any fields. */
export interface AnyObjectRule {
  readonly kind: "anyObject";
  readonly allowed: string;
}

/** A list of texts, or `"*"`. */
export interface ListOrAllRule {
  readonly kind: "listOrAll";
  readonly allowed: string;
}

/** An object of these fields and no others. */
export interface ObjectRule {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, FieldRule>>;
}

export interface FieldRule {
  /** Undefined where something else decides on the field: that which names the kind. */
  readonly rule: Rule | undefined;
  readonly optional: boolean;
}

/** An object whose field `key` says which of the kinds it is; `otherwise`: what it is without that field. */
export interface KindsRule {
  readonly kind: "kinds";
  readonly key: string;
  readonly kinds: Readonly<Record<string, ObjectRule>>;
  readonly otherwise?: ObjectRule;
}

export type Rule =
  | TextRule
  | WholeNumberRule
  | ChoiceRule
  | ListRule
  | MapRule
  | AnyObjectRule
  | ListOrAllRule
  | ObjectRule
  | KindsRule;

/** What is wrong with a value by a text's rule; undefined when nothing is. */
export function textProblem(rule: TextRule, value: unknown): string | undefined {
  if (typeof value !== "string") return `must be ${rule.allowed}`;
  const refused = rule.refuses.find(({ pattern, unless }) => pattern.test(value) && !unless?.test(value));
  if (
    rule.matches.every((pattern) => pattern.test(value)) &&
    !(refused && refused.problem === undefined) &&
    (!rule.day || isDay(value)) &&
    (rule.beyond?.(value) ?? true)
  ) {
    return refused?.problem;
  }
  return `must be ${rule.allowed}`;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const RULES = new WeakMap<object, Rule>();

/** Puts a rule beside a schema, for {@link ruleOf} to find. */
export function ruled<T extends object>(schema: T, rule: Rule): T {
  RULES.set(schema, rule);
  return schema;
}

/** The rule of a schema, or of the schema that an optional one wraps. */
export function ruleOf(schema: object): Rule | undefined {
  const wrapped = "wrapped" in schema ? (schema.wrapped as object) : undefined;
  return RULES.get(schema) ?? (wrapped && ruleOf(wrapped));
}
