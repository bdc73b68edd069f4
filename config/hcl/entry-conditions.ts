import type { FieldRule, KindsRule, ListRule, ObjectRule, Rule } from "../rule";
import { type Condition, joined } from "./condition";
import {
  attribute,
  binary,
  call,
  conditional,
  type Expression,
  forEach,
  literal,
  literals,
  name,
  not,
  type Text,
  text,
} from "./expression";
import { allowedBy, fulfils, isRefused, refusalsOf } from "./fulfils";
import { snakeCase } from "./snake-case";

/** An entry of the list (or map) under test, and its place there. */
const ENTRY = name("entry");
const PLACE = name("place");

/** Kinds of entries that are judged alike: those that `key` names, and those without the key where `bare`. */
interface Kinds {
  readonly key: string;
  readonly named: readonly string[];
  readonly bare: boolean;
}

/**
 * The conditions of a list or map of objects. Each looks at one thing, with as little as can be within `can` and `try`, which
 * know nothing as long as part of what they look at is unknown.
 */
export function entryConditions(variable: string, { of, unique }: ListRule): readonly Condition[] {
  if (of.kind !== "kinds") throw new Error("a list of one kind of objects has no condition yet");
  const among = name(`var.${variable}`);
  return [
    {
      // The places of a set are its objects.
      holds: call("can", forEach({ key: "place", value: "entry", among, give: call("tostring", PLACE) })),
      message: text(`${variable}: must be a list of objects, or a map of them by names of your own`),
    },
    {
      holds: everyEntry(among, isKnown(of)),
      message: problems(
        variable,
        among,
        of.key,
        not(isKnown(of)),
        `must be one of: ${Object.keys(of.kinds).join(", ")}`,
      ),
    },
    ...shapesOf(of).map((shape) => withoutUnknown(variable, among, shape)),
    ...fieldsOf(of).flatMap((field) => fieldConditions(variable, among, field)),
    ...(typeof unique === "string"
      ? Object.keys(of.kinds).map((kind) => uniqueField(variable, among, of.key, kind, unique))
      : []),
  ];
}

/** Whether it says which kind it is, or needn't. */
function isKnown({ key, kinds, otherwise }: KindsRule): Expression {
  return isOneOf({ key, named: Object.keys(kinds), bare: otherwise !== undefined });
}

function isOneOf({ key, named, bare }: Kinds): Expression {
  const kind = attribute(ENTRY, key);
  const isNamed = call("try", call("contains", literals(named), kind), literal(false));
  const isBare = not(call("can", kind));
  if (!bare) return isNamed;
  return named.length === 0 ? isBare : binary(isBare, "||", isNamed);
}

function everyEntry(among: Expression, holds: Expression): Expression {
  return not(call("contains", forEach({ value: "entry", among, give: holds }), literal(false)));
}

/** `subscribers[0].protocol is "fax"; subscribers[2].protocol is missing: …` of the entries that the condition picks. */
function problems(variable: string, among: Expression, field: string, where: Expression, problem: string): Text {
  const given = call("try", shown(attribute(ENTRY, field)), literal("missing"));
  const each = forEach({
    key: "place",
    value: "entry",
    among,
    give: text(...placeIn(variable), `.${field} is `, given),
    where,
  });
  return text(joined(each), `: ${problem}`);
}

function placeIn(variable: string): Text["parts"] {
  // The place in a set is the object itself.
  return [`${variable}[`, shown(PLACE), "]"];
}

const ADDRESS_PASSWORD = String.raw`/(:\/\/)([^/?#"\\]|\\["\\bfnrtu])*@/`;
const ADDRESS_PATH = String.raw`/(:\/\/[^/?#"\\]*)([/?#]|\\["\\bfnrtu])([^"\\]|\\["\\bfnrtu])+/`;

/** As JSON, of addresses no more than scheme and host: path and query of a webhook, and its password, are its secret. */
function shown(value: Expression): Expression {
  const withoutPassword = call("replace", call("jsonencode", value), literal(ADDRESS_PASSWORD), literal("$1…@"));
  return call("replace", withoutPassword, literal(ADDRESS_PATH), literal("$1/…"));
}

/** Kinds with the same fields. */
interface Shape {
  readonly kinds: Kinds;
  readonly fields: readonly string[];
}

function shapesOf({ key, kinds, otherwise }: KindsRule): readonly Shape[] {
  const shapes = new Map<string, Shape>();
  for (const [kind, { fields }] of Object.entries(kinds)) {
    const names = Object.keys(fields).map(snakeCase);
    const known = shapes.get(names.join());
    shapes.set(names.join(), {
      kinds: { key, named: [...(known?.kinds.named ?? []), kind], bare: false },
      fields: names,
    });
  }
  const bare = otherwise && {
    kinds: { key, named: [], bare: true },
    fields: Object.keys(otherwise.fields).map(snakeCase),
  };
  return [...shapes.values(), ...(bare ? [bare] : [])];
}

function withoutUnknown(variable: string, among: Expression, { kinds, fields }: Shape): Condition {
  // What has none of the fields may be no object at all; that its first field is missing is said elsewhere.
  const isObject = call("can", attribute(ENTRY, String(fields[0])));
  const unknown = forEach({
    value: "name",
    among: call("setsubtract", call("keys", ENTRY), literals(fields)),
    give: text(...placeIn(variable), ".", name("name")),
  });
  const all = call(
    "flatten",
    forEach({
      key: "place",
      value: "entry",
      among,
      give: conditional(binary(isObject, "&&", isOneOf(kinds)), unknown, { kind: "list", items: [] }),
    }),
  );
  return {
    holds: binary(call("length", all), "==", literal(0)),
    message: text(joined(all), `: unknown key; allowed keys: ${fields.join(", ")}`),
  };
}

/** A field that is ruled alike in some kinds. */
interface Field {
  readonly name: string;
  readonly field: FieldRule & { readonly rule: Rule };
  readonly kinds: Kinds;
}

function fieldsOf({ key, kinds, otherwise }: KindsRule): readonly Field[] {
  const found: Field[] = [];
  const add = (kind: string | undefined, { fields }: ObjectRule) => {
    for (const [camelCase, { rule, optional }] of Object.entries(fields)) {
      if (rule === undefined) continue;
      const name = snakeCase(camelCase);
      const index = found.findIndex(({ name: other, field }) => other === name && field.rule === rule);
      const { named, bare } = found[index]?.kinds ?? { named: [], bare: false };
      const all = kind === undefined ? { key, named, bare: true } : { key, named: [...named, kind], bare };
      const field = { name, field: { rule, optional }, kinds: all };
      if (index === -1) found.push(field);
      else found[index] = field;
    }
  };
  for (const [kind, object] of Object.entries(kinds)) add(kind, object);
  if (otherwise) add(undefined, otherwise);
  return found;
}

function fieldConditions(variable: string, among: Expression, { name, field, kinds }: Field): readonly Condition[] {
  const value = attribute(ENTRY, name);
  const isGiven = binary(call("try", value, literal(null)), "!=", literal(null));
  const judge = (holds: Expression, problem: string): Condition => {
    const judged = field.optional ? conditional(isGiven, holds, literal(true)) : holds;
    const whereOfKind = conditional(isOneOf(kinds), judged, literal(true));
    return {
      holds: everyEntry(among, whereOfKind),
      message: problems(variable, among, name, not(whereOfKind), problem),
    };
  };
  return [
    judge(fulfils(field.rule, value), `must be ${allowedBy(field.rule)}`),
    ...refusalsOf(field.rule).map((refusal) => judge(not(isRefused(refusal, value)), refusal.problem)),
  ];
}

/** Kind by kind: what is unknown of one hides no duplicate of another. */
function uniqueField(variable: string, among: Expression, key: string, kind: string, field: string): Condition {
  const isKind = call("try", binary(attribute(ENTRY, key), "==", literal(kind)), literal(false));
  const given = (entry: string, otherwise: string) =>
    // What is no text is refused elsewhere.
    call("try", call("tostring", attribute(name(entry), field)), text("#", name(otherwise)));
  const values = forEach({ key: "place", value: "entry", among, give: given("entry", "place"), where: isKind });
  const same = forEach({
    value: "value",
    among: values,
    give: name("value"),
    where: binary(name("value"), "==", given("entry", "place")),
  });
  const repeated = forEach({
    key: "place",
    value: "entry",
    among,
    give: text(...placeIn(variable), ` is ${kind} `, call("trim", shown(given("entry", "place")), literal('"'))),
    // Not `&&`, which knows nothing beside what isn't known yet.
    where: conditional(isKind, binary(call("length", same), ">", literal(1)), literal(false)),
  });
  return {
    holds: binary(call("length", call("distinct", values)), "==", call("length", values)),
    message: text(joined(repeated), ": duplicate"),
  };
}
