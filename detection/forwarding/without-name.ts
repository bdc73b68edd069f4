import type { Condition } from "../pattern/condition";

const PLACEHOLDER = /\{\{[^{}]*\}\}/;

/**
 * The condition with `*` in the place of placeholders: it holds of whatever it holds of when they are filled in, whatever with.
 * Undefined where it then says nothing, or can't be said.
 */
export function withoutName(condition: Condition): Condition | undefined {
  if (!JSON.stringify(condition).includes("{{")) return condition;
  switch (condition.kind) {
    case "equals":
      return typeof condition.value === "string" ? wildcard(condition.value, "", "") : undefined;
    case "prefix":
      return condition.ignoreCase ? undefined : wildcard(condition.text, "", "*");
    case "suffix":
      return condition.ignoreCase ? undefined : wildcard(condition.text, "*", "");
    case "wildcard":
      return starred(condition.text.split(PLACEHOLDER).join("*"));
    case "anything-but":
      return refusingLess(condition);
    default:
      return undefined;
  }
}

function wildcard(text: string, before: string, after: string): Condition | undefined {
  // At the end of an affix, a quotation mark stands for the value's own end.
  if (text.includes('"')) return undefined;
  const escaped = text.split(PLACEHOLDER).map((part) => part.replace(/[*\\]/g, "\\$&"));
  return starred(before + escaped.join("*") + after);
}

/** What would be an address if it were filled in so is compared as one. */
function starred(text: string): Condition | undefined {
  const once = text.replace(/((?:^|[^\\])(?:\\\\)*)\*{2,}/g, "$1*");
  return /[^0-9a-fA-F:.*]/.test(once) ? { kind: "wildcard", text: once } : undefined;
}

function refusingLess(condition: Condition & { readonly kind: "anything-but" }): Condition {
  const isNamed = (text: string | number) => typeof text === "string" && text.includes("{{");
  const exists = { kind: "exists" } as const;
  if ("by" in condition) {
    const texts = condition.texts.filter((text) => !isNamed(text));
    return texts.length === 0 ? exists : { ...condition, texts };
  }
  const values = condition.values.filter((value) => !isNamed(value));
  return values.length === 0 ? exists : { ...condition, values };
}
