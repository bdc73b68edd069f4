import { isValues } from "./values";

type Module = Readonly<Record<string, unknown>>;

/** A module of the configuration, and who calls it. */
interface Place {
  readonly module: Module;
  /** Such as `module.logs.`, empty for the root. */
  readonly prefix: string;
  readonly parent: { readonly place: Place; readonly call: Module } | undefined;
}

/** The way through variables and outputs is not followed further. */
const DEEPEST = 12;

/** Which resources a resource's attributes refer to, by the configuration: for values that a plan doesn't know yet. */
export class References {
  readonly #resources = new Map<string, { readonly place: Place; readonly expressions: unknown }>();

  /** @param rootModule `configuration.root_module`, as parsed JSON */
  constructor(rootModule: unknown) {
    const places: Place[] = isValues(rootModule) ? [{ module: rootModule, prefix: "", parent: undefined }] : [];
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      const { module, prefix } = place;
      for (const resource of Array.isArray(module.resources) ? module.resources : []) {
        if (!isValues(resource) || typeof resource.address !== "string") continue;
        this.#resources.set(prefix + resource.address, { place, expressions: resource.expressions });
      }
      for (const [name, call] of Object.entries(isValues(module.module_calls) ? module.module_calls : {})) {
        if (!isValues(call) || !isValues(call.module)) continue;
        places.push({ module: call.module, prefix: `${prefix}module.${name}.`, parent: { place, call } });
      }
    }
  }

  /**
   * Addresses, without indexes, of the resources that an attribute refers to.
   *
   * @returns undefined where the plan doesn't show it: JSON plans don't say what a local value or `each.value` refers to
   */
  of(address: string, attribute: string): readonly string[] | undefined {
    const resource = this.#resources.get(withoutIndexes(address));
    if (!resource || !isValues(resource.expressions)) return undefined;
    return follow(referencesIn(resource.expressions[attribute]), resource.place, DEEPEST);
  }
}

/** `module.a["x"].aws_s3_bucket.b[0]` is configured at `module.a.aws_s3_bucket.b`. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, "");
}

function follow(references: readonly string[], place: Place, depth: number): readonly string[] | undefined {
  if (depth === 0) return undefined;
  const found: string[] = [];
  let complete = true;
  for (const reference of references) {
    const [first = "", second = "", third = ""] = withoutIndexes(reference).split(".");
    let reached: readonly string[] | undefined = [];
    if (first === "var" && place.parent) {
      const { place: caller, call } = place.parent;
      reached = follow(
        referencesIn(isValues(call.expressions) ? call.expressions[second] : undefined),
        caller,
        depth - 1,
      );
    } else if (first === "module" && third !== "") {
      reached = followOutput(place, second, third, depth);
    } else if (first === "local" || first === "each") {
      reached = undefined;
    } else if (!["var", "module", "count", "path", "terraform", "self", "data"].includes(first)) {
      reached = [`${place.prefix}${first}.${second}`];
    }
    if (reached === undefined) complete = false;
    else found.push(...reached);
  }
  return complete || found.length > 0 ? [...new Set(found)] : undefined;
}

function followOutput(place: Place, name: string, output: string, depth: number): readonly string[] | undefined {
  const call = isValues(place.module.module_calls) ? place.module.module_calls[name] : undefined;
  if (!isValues(call) || !isValues(call.module)) return undefined;
  const outputs = isValues(call.module.outputs) ? call.module.outputs[output] : undefined;
  if (!isValues(outputs)) return undefined;
  const inside: Place = { module: call.module, prefix: `${place.prefix}module.${name}.`, parent: { place, call } };
  return follow(referencesIn(outputs.expression), inside, depth - 1);
}

/** Every reference in an expression, those of nested blocks included. */
function referencesIn(expression: unknown): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (!isValues(expression)) return [];
  const { references } = expression;
  if (Array.isArray(references)) return references.filter((reference) => typeof reference === "string");
  return Object.values(expression).flatMap(referencesIn);
}
