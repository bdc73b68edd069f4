import * as v from "valibot";
import { type ObjectRule, ruled, ruleOf } from "./rule";

/**
 * Objects as a configuration needs them. valibot's own take a list for an object, tell of the first unknown key only,
 * don't ask a missing key's schema what it takes, and pass over keys such as `constructor`.
 */

type Fields = Readonly<Record<string, unknown>>;
type Schemas = Readonly<Record<string, v.GenericSchema>>;
type Context = v.RawTransformContext<Fields>;
type Input<T extends Schemas> = v.InferInput<v.StrictObjectSchema<T, undefined>>;
type Output<T extends Schemas> = v.InferOutput<v.StrictObjectSchema<T, undefined>>;
/** What any of the schemas takes, and what it gives. */
type AnyInput<T extends Schemas> = { [K in keyof T]: v.InferInput<T[K]> }[keyof T];
type AnyOutput<T extends Schemas> = { [K in keyof T]: v.InferOutput<T[K]> }[keyof T];

/** An object of these keys and no others. */
export function closedObject<const T extends Schemas>(schemas: T, allowed = "an object") {
  const schema = v.pipe(
    fields<Input<T>>(allowed),
    v.rawTransform((context): Output<T> => {
      const output = parseFields(schemas, context);
      for (const [key] of otherFields(schemas, context)) {
        const message = `unknown key; allowed keys: ${Object.keys(schemas).join(", ")}`;
        context.addIssue({ message, path: [step(context, key)] });
      }
      return output as Output<T>;
    }),
  );
  return ruled(schema, objectRule(schemas));
}

function objectRule(schemas: Schemas): ObjectRule {
  const fields = Object.entries(schemas).map(
    ([key, schema]) => [key, { rule: ruleOf(schema), optional: schema.type === "optional" }] as const,
  );
  return { kind: "object", fields: Object.fromEntries(fields) };
}

/** An object of these keys, and of others that are kept as they are. */
export function openObject<const T extends Schemas>(schemas: T, allowed: string) {
  return v.pipe(
    fields<Input<T> & Fields>(allowed),
    v.rawTransform(
      (context): Output<T> =>
        ({ ...parseFields(schemas, context), ...Object.fromEntries(otherFields(schemas, context)) }) as Output<T>,
    ),
  );
}

/** An object of any keys, all of whose values are of one kind. */
export function dictionary<T extends v.GenericSchema>(schema: T, allowed: string) {
  return v.pipe(
    fields<Record<string, v.InferInput<T>>>(allowed),
    v.rawTransform((context): Record<string, v.InferOutput<T>> => {
      const schemas = Object.fromEntries(Object.keys(context.dataset.value).map((key) => [key, schema]));
      return parseFields(schemas, context) as Record<string, v.InferOutput<T>>;
    }),
  );
}

/** An object whose `key` names the schema that it has to match. */
export function oneOfKinds<const T extends Schemas>(key: string, schemas: T, allowed: string) {
  const schema = v.pipe(
    fields<AnyInput<T>>(allowed),
    v.rawTransform((context): AnyOutput<T> => {
      const { value } = context.dataset;
      const schema = Object.entries(schemas).find(([kind]) => kind === value[key])?.[1];
      if (schema) return parse(schema, value, context) as AnyOutput<T>;
      context.addIssue({ message: `must be one of: ${Object.keys(schemas).join(", ")}`, path: [step(context, key)] });
      return context.NEVER;
    }),
  );
  const kinds = Object.entries(schemas).map(([kind, each]) => [kind, ruleOf(each) as ObjectRule] as const);
  return ruled(schema, { kind: "kinds", key, kinds: Object.fromEntries(kinds) });
}

/** Takes any object at all, and says to TypeScript what is meant: what is wrong with it is told below, not here. */
function fields<Meant>(allowed: string): v.GenericSchema<Meant, Fields> {
  const schema = v.custom<Fields>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    `must be ${allowed}`,
  );
  return schema as v.GenericSchema<unknown, Fields> as v.GenericSchema<Meant, Fields>;
}

/** Hands each schema its field, there or not, and keeps what is not undefined. */
function parseFields(schemas: Schemas, context: Context): Fields {
  const output = Object.entries(schemas).map(([key, schema]) => {
    const at = step(context, key);
    return [key, parse(schema, at.value, context, at)] as const;
  });
  return Object.fromEntries(output.filter(([, value]) => value !== undefined));
}

function parse(schema: v.GenericSchema, value: unknown, { addIssue }: Context, ...at: v.IssuePathItem[]): unknown {
  const { output, issues = [] } = v.safeParse(schema, value);
  for (const { message, path = [] } of issues) {
    const [first, ...rest] = [...at, ...path];
    addIssue({ message, path: first && [first, ...rest] });
  }
  return output;
}

function otherFields(schemas: Schemas, { dataset }: Context): readonly (readonly [string, unknown])[] {
  return Object.entries(dataset.value).filter(([key]) => !Object.hasOwn(schemas, key));
}

/** The way from an object to its field. */
function step({ dataset: { value: input } }: Context, key: string): v.IssuePathItem {
  return { type: "object", origin: "value", input, key, value: Object.hasOwn(input, key) ? input[key] : undefined };
}
