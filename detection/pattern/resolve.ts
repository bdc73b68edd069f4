import { isObject } from "../events/json";
import type { EventPattern } from "./pattern";

/** What stands for a placeholder, by the placeholder's name. */
export type Replacements = Readonly<Record<string, string>>;

/** The pattern has a placeholder that nothing is known to stand for. */
export class PlaceholderError extends Error {
  override readonly name = "PlaceholderError";
}

/**
 * The pattern with names in the place of its placeholders, such as `{{bucket}}`. Field names are left as they are.
 *
 * @throws PlaceholderError for a placeholder that has no name
 */
export function resolve(pattern: EventPattern, names: Replacements): EventPattern {
  return resolveNode(pattern, names) as EventPattern;
}

/** A node that has no placeholder is handed back itself. */
function resolveNode(node: unknown, names: Replacements): unknown {
  if (typeof node === "string") return node.includes("{{") ? replaced(node, names) : node;
  if (Array.isArray(node)) {
    const items = node.map((item) => resolveNode(item, names));
    return items.some((item, index) => item !== node[index]) ? items : node;
  }
  if (!isObject(node)) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, resolveNode(value, names)] as const);
  return entries.some(([key, value]) => value !== node[key]) ? Object.fromEntries(entries) : node;
}

function replaced(text: string, names: Replacements): string {
  return text.replace(/\{\{([^{}]*)\}\}/g, (placeholder, name: string) => {
    if (Object.hasOwn(names, name)) return names[name] as string;
    const known = Object.keys(names).map((each) => `{{${each}}}`);
    throw new PlaceholderError(
      `unknown placeholder ${placeholder}; ${known.length > 0 ? `allowed: ${known.join(", ")}` : "none is allowed here"}`,
    );
  });
}
