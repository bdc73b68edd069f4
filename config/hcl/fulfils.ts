import type { ListRule, MapRule, Refusal, Rule, TextRule, WholeNumberRule } from "../rule";
import { every } from "./condition";
import { allOf, binary, call, type Expression, forEach, literal, literals, name, not, text } from "./expression";

/** What an error says after `must be`. */
export function allowedBy(rule: Rule): string {
  if (rule.kind === "object" || rule.kind === "kinds") return "an object";
  return rule.allowed;
}

/** What is refused for a reason of its own, apart from {@link fulfils}. */
export function refusalsOf(rule: Rule): readonly (Refusal & { readonly problem: string })[] {
  if (rule.kind !== "text") return [];
  return rule.refuses.filter(
    (refusal): refusal is Refusal & { readonly problem: string } => refusal.problem !== undefined,
  );
}

/** Whether a value is what the rule asks for, {@link refusalsOf} aside. Fails for no value, whatever its type. */
export function fulfils(rule: Rule, value: Expression): Expression {
  switch (rule.kind) {
    case "text":
      return fulfilsText(rule, value);
    case "wholeNumber":
      return call("try", isWholeNumber(rule, value), literal(false));
    case "choice":
      return call("try", call("contains", literals(rule.values), value), literal(false));
    case "list":
      return call("try", fulfilsList(rule, value), literal(false));
    case "map":
      return call("try", fulfilsMap(rule, value), literal(false));
    case "anyObject":
      return call("can", call("keys", value));
    case "listOrAll":
      return binary(
        call("try", binary(value, "==", literal("*")), literal(false)),
        "||",
        binary(not(call("can", call("keys", value))), "&&", call("can", textsOf(value))),
      );
    default:
      throw new Error(`a ${rule.kind} within another has no condition yet`);
  }
}

/** Whether the value is what the refusal refuses. */
export function isRefused({ pattern, unless }: Refusal, value: Expression): Expression {
  return unless === undefined
    ? matches(pattern, value)
    : binary(matches(pattern, value), "&&", not(matches(unless, value)));
}

export function matches(pattern: RegExp, value: Expression): Expression {
  return call("can", call("regex", literal(pattern.source), value));
}

function fulfilsText({ matches: patterns, refuses, day }: TextRule, value: Expression): Expression {
  return allOf(
    ...patterns.map((pattern) => matches(pattern, value)),
    ...refuses.filter(({ problem }) => problem === undefined).map((refusal) => not(isRefused(refusal, value))),
    ...(day ? [call("can", call("formatdate", literal("YYYY"), text(value, "T00:00:00Z")))] : []),
  );
}

function isWholeNumber({ minimum, maximum }: WholeNumberRule, value: Expression): Expression {
  return allOf(
    binary(value, ">=", literal(minimum)),
    binary(value, "<=", literal(maximum)),
    binary(call("floor", value), "==", value),
  );
}

function fulfilsList({ of, minimum = 0 }: ListRule, value: Expression): Expression {
  return allOf(
    not(call("can", call("keys", value))),
    binary(call("length", textsOf(value)), ">=", literal(minimum)),
    every("item", value, fulfils(of, name("item"))),
  );
}

function fulfilsMap({ keys, values, minimum = 0, maximum }: MapRule, value: Expression): Expression {
  const isPair = binary(fulfils(keys, name("key")), "&&", fulfils(values, name("item")));
  return allOf(
    binary(call("length", call("keys", value)), ">=", literal(minimum)),
    binary(call("length", call("keys", value)), "<=", literal(maximum)),
    not(call("contains", forEach({ key: "key", value: "item", among: value, give: isPair }), literal(false))),
  );
}

/** Fails where the value is no list of texts. */
function textsOf(value: Expression): Expression {
  return forEach({ value: "item", among: value, give: call("regex", literal("^"), name("item")) });
}
