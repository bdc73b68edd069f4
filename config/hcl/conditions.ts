import type { ListRule, MapRule, Rule } from "../rule";
import { type Condition, every, joined, jsonOf, withoutDuplicates } from "./condition";
import { entryConditions } from "./entry-conditions";
import { binary, call, forEach, literal, name, not, text } from "./expression";
import { allowedBy, fulfils, isRefused, refusalsOf } from "./fulfils";

/** A variable's conditions from its rule: the values that they accept are those that the schema accepts. */
export function conditionsOf(variable: string, rule: Rule): readonly Condition[] {
  switch (rule.kind) {
    case "list":
      return isEntries(rule.of) ? entryConditions(variable, rule) : itemConditions(variable, rule);
    case "map":
      return mapConditions(variable, rule);
    default:
      return valueConditions(variable, rule);
  }
}

/** The type of the variable. Objects have none, or Terraform would pass over attributes that nobody knows. */
export function typeOf(rule: Rule): string {
  switch (rule.kind) {
    case "text":
      return "string";
    case "wholeNumber":
      return "number";
    case "choice":
      return typeof rule.values[0] === "number" ? "number" : "string";
    case "list":
      return isEntries(rule.of) ? "any" : `list(${typeOf(rule.of)})`;
    case "map":
      return `map(${typeOf(rule.values)})`;
    default:
      return "any";
  }
}

function isEntries({ kind }: Rule): boolean {
  return kind === "kinds" || kind === "object";
}

function valueConditions(variable: string, rule: Rule): readonly Condition[] {
  const value = name(`var.${variable}`);
  const given = text(`${variable} is `, call("jsonencode", value));
  return [
    { holds: fulfils(rule, value), message: text(...given.parts, `: must be ${allowedBy(rule)}`) },
    ...refusalsOf(rule).map((refusal) => ({
      holds: not(isRefused(refusal, value)),
      message: text(...given.parts, `: ${refusal.problem}`),
    })),
  ];
}

function itemConditions(variable: string, rule: ListRule): readonly Condition[] {
  const among = name(`var.${variable}`);
  const item = name("item");
  const wrong = not(fulfils(rule.of, item));
  const conditions: Condition[] = [
    {
      holds: every("item", among, fulfils(rule.of, item)),
      message: text(`${variable} has `, joined(jsonOf("item", among, wrong)), `: must be ${allowedBy(rule.of)}`),
    },
  ];
  if (rule.unique) conditions.push(withoutDuplicates(variable, among));
  return conditions;
}

function mapConditions(variable: string, { keys, values, maximum }: MapRule): readonly Condition[] {
  const map = name(`var.${variable}`);
  const key = name("key");
  const value = name("value");
  const wrongKeys = jsonOf("key", call("keys", map), not(fulfils(keys, key)));
  const wrongValues = forEach({
    key: "key",
    value: "value",
    among: map,
    give: text(call("jsonencode", key), " = ", call("jsonencode", value)),
    where: not(fulfils(values, value)),
  });
  return [
    {
      holds: binary(call("length", map), "<=", literal(maximum)),
      message: text(`${variable} has `, call("length", map), ` keys: must be at most ${maximum}`),
    },
    {
      holds: every("key", call("keys", map), fulfils(keys, key)),
      message: text(`${variable} has the key `, joined(wrongKeys), `: must be ${keys.allowed}`),
    },
    {
      holds: every("value", call("values", map), fulfils(values, value)),
      message: text(`${variable} has `, joined(wrongValues), `: must be ${allowedBy(values)}`),
    },
  ];
}
