/** What a selector such as `$.userIdentity.type` leads to. */
export interface Selector {
  /** The same for every spelling of the same selector. */
  readonly text: string;
  /** Names of properties, numbers of elements. */
  readonly steps: readonly (string | number)[];
  /** Whether it means any property or element (`*`). */
  readonly wild: boolean;
}

/** What a value is compared with. */
export interface Term {
  readonly text: string;
  readonly form: "plain" | "quoted" | "regex";
}

export const CHECKS = ["IS TRUE", "IS FALSE", "IS NULL", "NOT EXISTS"] as const;
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** One test of a JSON filter pattern. */
export type Condition =
  | { readonly selector: Selector; readonly test: Comparison; readonly term: Term }
  | { readonly selector: Selector; readonly test: (typeof CHECKS)[number]; readonly term?: undefined };

/** What a JSON filter pattern asks of an event; `all` of nothing is asked of none. */
export type Formula =
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly condition: Condition };

/** Matches every event. */
export const EVERYTHING: Formula = { all: [] };

/** CloudWatch takes 1,024 characters. */
const LONGEST = 4_096;
const TOKEN =
  /\s*(?:(&&|\|\||[()])|(\$(?:\.\['[^']*'\]|\['[^']*'\]|\[(?:\d+|\*)\]|\.[^\s.[\]()=!<>&|"'{}]+)+)|(!=|<=|>=|=|<|>)|(IS\s+TRUE|IS\s+FALSE|IS\s+NULL|NOT\s+EXISTS)(?=[\s)]|$)|"((?:[^"\\]|\\.)*)"|%([^%]+)%|([^\s()&|=!<>"%{}]+))/y;
const STEP = /\.?\['([^']*)'\]|\[(\d+|\*)\]|\.([^.[]+)/g;

type Token =
  | { readonly sign: string }
  | { readonly selector: Selector }
  | { readonly test: Comparison }
  | { readonly check: (typeof CHECKS)[number] }
  | { readonly term: Term };

/**
 * Reads a JSON filter pattern of CloudWatch Logs, such as `{ $.eventName = StopLogging }`.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * @returns undefined for another kind of pattern, and for what CloudWatch would refuse
 */
export function parseFilter(pattern: string): Formula | undefined {
  const [, inner] = /^\s*\{(.*)\}\s*$/s.exec(pattern) ?? [];
  if (inner === undefined || inner.length > LONGEST) return undefined;
  const tokens = tokensIn(inner);
  return tokens && new Parser(tokens).parse();
}

function tokensIn(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ""; end = TOKEN.lastIndex) {
    const found = TOKEN.exec(text);
    if (!found) return undefined;
    const [, sign, selector, test, check, quoted, regex, plain] = found;
    if (sign !== undefined) tokens.push({ sign });
    else if (selector !== undefined) tokens.push({ selector: selectorOf(selector) });
    else if (test !== undefined) tokens.push({ test: test as Comparison });
    else if (check !== undefined) tokens.push({ check: check.replace(/\s+/g, " ") as (typeof CHECKS)[number] });
    else if (quoted !== undefined) tokens.push({ term: { text: quoted.replace(/\\(.)/gs, "$1"), form: "quoted" } });
    else if (regex !== undefined) tokens.push({ term: { text: regex, form: "regex" } });
    else if (plain !== undefined) tokens.push({ term: { text: plain, form: "plain" } });
  }
  return tokens;
}

function selectorOf(text: string): Selector {
  let wild = false;
  const steps = [...text.matchAll(STEP)].map(([, bracketed, index, name]) => {
    if (index === "*" || name === "*") wild = true;
    return index !== undefined && index !== "*" ? Number(index) : (bracketed ?? name ?? "*");
  });
  return { text: JSON.stringify(steps), steps, wild };
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Formula | undefined {
    const formula = this.#any();
    return this.#at === this.#tokens.length ? formula : undefined;
  }

  #any(): Formula | undefined {
    const any = this.#joined("||", () => this.#all());
    return any?.length === 1 ? any[0] : any && { any };
  }

  #all(): Formula | undefined {
    const all = this.#joined("&&", () => this.#single());
    return all?.length === 1 ? all[0] : all && { all };
  }

  #joined(sign: string, part: () => Formula | undefined): readonly Formula[] | undefined {
    const parts: Formula[] = [];
    do {
      const found = part();
      if (!found) return undefined;
      parts.push(found);
    } while (this.#is(sign));
    return parts;
  }

  #single(): Formula | undefined {
    if (this.#is("(")) {
      const inner = this.#any();
      return inner && this.#is(")") ? inner : undefined;
    }
    const [first, second, third] = this.#tokens.slice(this.#at);
    if (!first || !second || !("selector" in first)) return undefined;
    const { selector } = first;
    if ("check" in second) {
      this.#at += 2;
      return { condition: { selector, test: second.check } };
    }
    if (!("test" in second) || !third || !("term" in third)) return undefined;
    const { test } = second;
    const { term } = third;
    if (test !== "=" && test !== "!=" && !isNumber(term)) return undefined;
    this.#at += 3;
    return { condition: { selector, test, term } };
  }

  #is(sign: string): boolean {
    const token = this.#tokens[this.#at];
    const found = token !== undefined && "sign" in token && token.sign === sign;
    if (found) this.#at++;
    return found;
  }
}

/** Whether a term is a number, which only plain ones are. */
export function isNumber({ text, form }: Term): boolean {
  return form === "plain" && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
}

/** Every condition in a formula. */
export function conditionsIn(formula: Formula): readonly Condition[] {
  if ("condition" in formula) return [formula.condition];
  return ("all" in formula ? formula.all : formula.any).flatMap(conditionsIn);
}
