import type { Condition } from "../pattern/condition";
import type { AskedField, Conjunction } from "../pattern/conjunctions";
import { asked } from "./fields";

/** Of which one rule gets whatever passes it, and every other rule nothing. */
export type Gate = AskedField;

/** Fields that few events share a value of, the rarest first. */
const CALLER = [
  ...["arn", "principalId", "userName", "accessKeyId"].map((name) => `detail.userIdentity.${name}`),
  ...["arn", "principalId", "userName"].map((name) => `detail.userIdentity.sessionContext.sessionIssuer.${name}`),
  ...["detail.userAgent", "detail.userIdentity.type"],
];
/** Fields that more of them share a value of. */
const CALL = ["detail.eventName", "detail.errorCode"];

/** @param byCall whether what many events have in common will do */
export function gatesOf(topics: readonly Conjunction[], byCall: boolean): readonly Gate[] {
  const gates = new Map<string, readonly Condition[]>();
  for (const topic of topics) {
    for (const field of byCall ? [...CALLER, ...CALL] : CALLER) {
      const conditions = asked(topic, field);
      if (!conditions || !isRare(field, conditions)) continue;
      const together = distinct([...(gates.get(field) ?? []), ...conditions]);
      if (refusalOf(together) === undefined) continue;
      gates.set(field, together);
      break;
    }
  }
  return [...gates].map(([field, conditions]) => ({ field, conditions }));
}

/** Nearly every call is one of a role's or a service's. */
function isRare(field: string, conditions: readonly Condition[]): boolean {
  return (
    field !== "detail.userIdentity.type" || conditions.every((each) => each.kind === "equals" && each.value === "Root")
  );
}

/** What doesn't pass the gate asks for this. */
export function besides({ field, conditions }: Gate): AskedField {
  return { field, conditions: [refusalOf(conditions) as Condition, { kind: "absent" }] };
}

/**
 * The part of a conjunction that doesn't pass the gates: undefined where there is none, `unclear` where a pattern can't say it.
 */
export function outside(conjunction: Conjunction, gates: readonly Gate[]): Conjunction | "unclear" | undefined {
  let part = conjunction;
  for (const gate of gates) {
    const conditions = asked(part, gate.field);
    if (!conditions) {
      part = [...part, besides(gate)];
      continue;
    }
    const left = leftOf(conditions, gate.conditions);
    if (left === "unclear") return left;
    if (left.length === 0) return undefined;
    part = part.map((each) => (each.field === gate.field ? { ...each, conditions: left } : each));
  }
  return part;
}

function leftOf(conditions: readonly Condition[], gate: readonly Condition[]): readonly Condition[] | "unclear" {
  const written = new Set(gate.map((each) => JSON.stringify(each)));
  const left = conditions.filter((condition) => !written.has(JSON.stringify(condition)));
  const texts = gate.flatMap((each) => (each.kind === "equals" && typeof each.value === "string" ? [each.value] : []));
  const onlyTexts = texts.length === gate.length;
  const parts = left.map((condition) => {
    if (condition.kind === "absent" || (onlyTexts && condition.kind === "equals")) return condition;
    if (condition.kind !== "anything-but" || "by" in condition || !onlyTexts) return undefined;
    const values = [...new Set([...condition.values, ...texts])];
    return values.every((value) => typeof value === "string") ? { ...condition, values } : undefined;
  });
  return parts.includes(undefined) ? "unclear" : (parts as readonly Condition[]);
}

/** What refuses all that any of the conditions lets in: they must be of one kind. */
function refusalOf(conditions: readonly Condition[]): Condition | undefined {
  const [first] = conditions;
  if (first?.kind === "equals") {
    const values = conditions.map((each) => (each.kind === "equals" ? each.value : undefined));
    return values.every((value) => typeof value === "string") ? { kind: "anything-but", values } : undefined;
  }
  if (first?.kind !== "prefix" && first?.kind !== "suffix" && first?.kind !== "wildcard") return undefined;
  const texts = conditions.map((each) =>
    each.kind === first.kind && !("ignoreCase" in each && each.ignoreCase) && isPlain(each.text)
      ? each.text
      : undefined,
  );
  return texts.every((text) => text !== undefined) ? { kind: "anything-but", by: first.kind, texts } : undefined;
}

/** An empty affix can't be refused, and one with a quotation mark stands for more than it says: `value-test.ts`. */
function isPlain(text: string): boolean {
  return text !== "" && !text.includes('"');
}

function distinct(conditions: readonly Condition[]): readonly Condition[] {
  return [...new Map(conditions.map((each) => [JSON.stringify(each), each])).values()];
}
