import { at, blocks, type Value, type Values } from "../plan/values";

/** What a trail records besides management events: a kind, and the conditions that its selector has. */
interface Recorded {
  /** Type of resources whose data events it has, source of network activity, or kind of insights. */
  readonly kind: string;
  /** One value of each field: field and operator, then the value. All must hold. */
  readonly terms: readonly Term[];
}

interface Term {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

const READ_ONLY = "readOnly";
/** What every ARN of a service begins with, such as `arn:aws:s3:::`. */
const ANY_ARN = /^arn:[^:]*:(\w+):*$/;

/** A selector's fields may have some values each; beyond so many of their combinations none is looked at. */
const MAX_TERMS = 1_000;
const KINDS: Readonly<Record<string, readonly [field: string, as: string]>> = {
  Data: ["resources.type", "data"],
  NetworkActivity: ["eventSource", "network"],
};

/**
 * Whether a trail still records all data events, network activity and insights that it did: whole kinds apart from
 * some of a kind.
 */
export function lostEvents(before: Values, after: Values): "a kind" | "some" | "indeterminate" | undefined {
  const [was, is] = [recorded(before), recorded(after)];
  if (!was.complete || !is.complete) return was.text === is.text ? undefined : "indeterminate";
  const kinds = new Set(is.all.map(({ kind }) => kind));
  if (was.all.some(({ kind }) => !kinds.has(kind))) return "a kind";
  const lost = was.all.flatMap(halves).filter((each) => !is.all.some((other) => covers(other, each)));
  if (lost.length === 0) return undefined;
  const plain = [...lost, ...is.all].every(({ terms }) => terms.every(({ operator }) => !operator.startsWith("not_")));
  return plain ? "some" : "indeterminate";
}

function recorded(values: Values): {
  readonly all: readonly Recorded[];
  readonly complete: boolean;
  readonly text: string;
} {
  let complete = true;
  const selectors = blocks(values, "advanced_event_selector").map((selector) => advanced(selector));
  const all = [
    ...blocks(values, "event_selector").flatMap(basic),
    ...selectors.flatMap((found) => {
      if (found === undefined) complete = false;
      return found ?? [];
    }),
    ...blocks(values, "insight_selector").map((selector) => ({
      kind: `insight ${String(at(selector, "insight_type"))}`,
      terms: [],
    })),
  ];
  return { all, complete, text: JSON.stringify(values.advanced_event_selector) ?? "" };
}

function basic(selector: Value): readonly Recorded[] {
  const type = at(selector, "read_write_type");
  const half = type === "ReadOnly" || type === "WriteOnly";
  const terms = half ? [{ field: READ_ONLY, operator: "equals", value: String(type === "ReadOnly") }] : [];
  return blocks(selector, "data_resource").flatMap((resource) =>
    texts(at(resource, "values")).map((value) => ({
      kind: `data ${String(at(resource, "type"))}`,
      terms: [...terms, { field: "resources.ARN", operator: "starts_with", value }],
    })),
  );
}

/** Undefined where there are too many values. */
function advanced(selector: Value): readonly Recorded[] | undefined {
  const fields = blocks(selector, "field_selector");
  const [category] = fields
    .filter((field) => at(field, "field") === "eventCategory")
    .flatMap((field) => texts(at(field, "equals")));
  const [kindField, as] = KINDS[category ?? ""] ?? [];
  if (kindField === undefined) return [];
  const kinds = fields
    .filter((field) => at(field, "field") === kindField)
    .flatMap((field) => texts(at(field, "equals")));
  const choices = fields
    .filter((field) => !["eventCategory", kindField].includes(String(at(field, "field"))))
    .flatMap(choicesOf);
  const count = choices.reduce((product, choice) => product * choice.length, kinds.length);
  if (count > MAX_TERMS) return undefined;
  const combined = choices.reduce<readonly (readonly Term[])[]>(
    (sofar, choice) => sofar.flatMap((terms) => choice.map((term) => [...terms, term])),
    [[]],
  );
  return kinds.flatMap((kind) => combined.map((terms) => ({ kind: `${as} ${kind}`, terms })));
}

/** What must hold of a field: of positive operators any value will do, of negative ones every value counts. */
function choicesOf(field: Value): readonly (readonly Term[])[] {
  const name = String(at(field, "field"));
  const terms = (operator: string) => texts(at(field, operator)).map((value) => ({ field: name, operator, value }));
  const any = ["equals", "starts_with", "ends_with"].flatMap(terms);
  const none = ["not_equals", "not_starts_with", "not_ends_with"].flatMap(terms);
  return [...(any.length > 0 ? [any] : []), ...none.map((term) => [term])];
}

/** Reads and writes apart: other selectors may record them apart. */
function halves(each: Recorded): readonly Recorded[] {
  if (each.kind.startsWith("insight") || each.terms.some(({ field }) => field === READ_ONLY)) return [each];
  return ["true", "false"].map((value) => ({
    ...each,
    terms: [...each.terms, { field: READ_ONLY, operator: "equals", value }],
  }));
}

/** Whether all that one records the other does too. */
function covers(wide: Recorded, narrow: Recorded): boolean {
  return (
    wide.kind === narrow.kind &&
    wide.terms.every((term) => isNone(term, wide.kind) || narrow.terms.some((other) => implies(other, term)))
  );
}

/** A condition that all of a kind meet. */
function isNone({ field, operator, value }: Term, kind: string): boolean {
  if (field !== "resources.ARN" || operator !== "starts_with") return false;
  const service = ANY_ARN.exec(value)?.[1];
  return service !== undefined && kind.toLowerCase().startsWith(`data aws::${service}::`);
}

function implies(narrow: Term, wide: Term): boolean {
  if (narrow.field !== wide.field) return false;
  if (narrow.operator === wide.operator && narrow.value === wide.value) return true;
  const exact = narrow.operator === "equals";
  if (wide.operator === "starts_with")
    return (exact || narrow.operator === "starts_with") && narrow.value.startsWith(wide.value);
  if (wide.operator === "ends_with")
    return (exact || narrow.operator === "ends_with") && narrow.value.endsWith(wide.value);
  return false;
}

function texts(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
