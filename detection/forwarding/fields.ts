import type { Condition } from "../pattern/condition";
import type { AskedField, Conjunction } from "../pattern/conjunctions";
import { acceptsAbsence, testField } from "../pattern/value-test";

/** Fields of which CloudTrail's records have one value, and no list. */
const SINGLE: ReadonlySet<string> = new Set([
  ...["source", "detail-type", "account", "region"],
  ...[
    "eventName",
    "eventSource",
    "eventType",
    "eventCategory",
    "awsRegion",
    "errorCode",
    "errorMessage",
    "readOnly",
  ].map((name) => `detail.${name}`),
  ...["managementEvent", "recipientAccountId", "sourceIPAddress", "userAgent"].map((name) => `detail.${name}`),
  ...["type", "userName", "principalId", "arn", "accountId", "accessKeyId", "invokedBy"].map(
    (name) => `detail.userIdentity.${name}`,
  ),
  ...["type", "userName", "principalId", "arn", "accountId"].map(
    (name) => `detail.userIdentity.sessionContext.sessionIssuer.${name}`,
  ),
]);

export function isSingle(field: string): boolean {
  return SINGLE.has(field);
}

const keys = new WeakMap<AskedField, string>();

/** The same text for the same field and conditions. */
export function keyOf(asked: AskedField): string {
  const key = keys.get(asked) ?? JSON.stringify(asked);
  keys.set(asked, key);
  return key;
}

export function asked(conjunction: Conjunction, field: string): readonly Condition[] | undefined {
  return conjunction.find((each) => each.field === field)?.conditions;
}

/**
 * The conjunction without some of its fields: it matches whatever it matched.
 *
 * Within arrays, a field is absent when the elements that the fields before it have settled on lack it: where one of those
 * goes, such a field goes, too.
 */
export function without(conjunction: Conjunction, goes: (field: string) => boolean): Conjunction {
  const dropped = conjunction.filter(({ field }) => goes(field)).map(({ field }) => field);
  if (dropped.length === 0) return conjunction;
  const kept = conjunction.filter(({ field }) => !goes(field));
  const [late] = kept.filter(
    ({ field, conditions }) =>
      acceptsAbsence(conditions) &&
      !SINGLE.has(field) &&
      dropped.some((other) => other < field && mayShareArray(other, field)),
  );
  return late === undefined ? kept : without(conjunction, (field) => field === late.field || goes(field));
}

/** The event and its `detail` are objects; whatever lies deeper may be a list of objects. */
function mayShareArray(field: string, other: string): boolean {
  const [steps, others] = [field.split("."), other.split(".")];
  const shared = steps.findIndex((step, index) => step !== others[index] || index === steps.length - 1);
  return shared > (steps[0] === "detail" ? 1 : 0);
}

/** Whether no event can match both. False also where that can't be told. */
export function disjoint(one: Conjunction, other: Conjunction): boolean {
  return one.some(({ field, conditions }) => {
    const others = SINGLE.has(field) ? asked(other, field) : undefined;
    return others !== undefined && conditions.every((a) => others.every((b) => apart(a, b)));
  });
}

/** Whether no value, nor its absence, passes both. */
function apart(a: Condition, b: Condition): boolean {
  if (a.kind === "absent" || b.kind === "absent") return a.kind !== b.kind;
  if (a.kind === "anything-but" && refusesAll(a, b)) return true;
  if (b.kind === "anything-but" && refusesAll(b, a)) return true;
  if (a.kind === "equals") return !testField([b]).accepts(a.value);
  if (b.kind === "equals") return !testField([a]).accepts(b.value);
  if (a.kind === "prefix" && b.kind === "prefix" && isPlain(a) && isPlain(b)) {
    return !a.text.startsWith(b.text) && !b.text.startsWith(a.text);
  }
  return false;
}

/** Whether it refuses, in so many words, whatever the other lets in. */
function refusesAll(refusal: Condition & { readonly kind: "anything-but" }, other: Condition): boolean {
  if (!("by" in refusal) || !("text" in other) || other.kind === "address" || refusal.by !== other.kind) return false;
  if ("ignoreCase" in other && other.ignoreCase) return false;
  return refusal.texts.includes(other.text);
}

/** A quotation mark at its end makes a prefix match the whole text as well: `value-test.ts`. */
function isPlain({ text, ignoreCase }: { readonly text: string; readonly ignoreCase: boolean }): boolean {
  return !ignoreCase && !text.endsWith('"');
}
