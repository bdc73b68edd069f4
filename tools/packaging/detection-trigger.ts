import { lookedFor } from "../../cli/detections/format";
import { code } from "../../config/markdown";
import type { Detection } from "../../detection/definition/detection";
import { withCode } from "./markdown-text";

/** What it matches in short: service and calls first, then the other conditions, then alternatives. */
export function trigger(detection: Detection): readonly string[] {
  const { pattern, refine = [] } = detection;
  const pinned = isNode(pattern.detail) && Array.isArray(pattern.detail.eventSource);
  const shown = Object.entries(pattern).filter(([key]) => key !== "detail-type" && !(pinned && key === "source"));
  const { alternatives, conditions } = clausesOf(Object.fromEntries(shown));
  const lines = lookedFor(detection);
  // Which rules it means, the pattern says already.
  const refinements = lines
    .slice(lines.length - refine.length)
    .map(({ text }) => text.replace(/, whose .*, opens /, " opens "));
  const all = [...conditions, ...refinements.map(withCode)];
  return [
    `*Trigger:* ${all.join("; ")}${alternatives.length > 0 ? "; one of:" : ""}`,
    ...(alternatives.length > 0 ? ["", ...alternatives.map((text) => `- ${text}`)] : []),
  ];
}

interface Clauses {
  readonly conditions: readonly string[];
  /** Of `$or`, which stands at most once beside other fields. */
  readonly alternatives: readonly string[];
}

/** The parts of a node of an event pattern; an alternative's own alternatives stand in brackets. */
function clausesOf(node: object, path = ""): Clauses {
  const parts = Object.entries(node).map(([key, value]): Clauses => {
    const field = path === "" || path === "detail" ? key : `${path}.${key}`;
    if (key === "$or")
      return { conditions: [], alternatives: (value as readonly object[]).map((each) => inOne(each, path)) };
    return Array.isArray(value) ? { conditions: [condition(field, value)], alternatives: [] } : clausesOf(value, field);
  });
  return {
    conditions: parts.flatMap(({ conditions }) => conditions),
    alternatives: parts.flatMap(({ alternatives }) => alternatives),
  };
}

function inOne(node: object, path: string): string {
  const { conditions, alternatives } = clausesOf(node, path);
  return [...conditions, ...(alternatives.length > 0 ? [`(${alternatives.join(" or ")})`] : [])].join("; ");
}

const OUTCOMES: Readonly<Record<string, string>> = {
  '[{"exists":false}]': "succeeded",
  '[{"exists":false},{"prefix":"AccessDenied"}]': "succeeded or denied",
};

/** Fields whose values need no name before them. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(["source", "eventSource", "eventName"]);

function condition(field: string, values: readonly unknown[]): string {
  const outcome = field === "errorCode" ? OUTCOMES[JSON.stringify(values)] : undefined;
  if (outcome !== undefined) return outcome;
  // What may be absent, or anything but a value, is just not that value.
  const optional = values.length === 2 && values.some(isAbsent) ? values.filter((value) => !isAbsent(value)) : [];
  const [other] = optional;
  const text =
    isNode(other) && "anything-but" in other ? `not ${excluded(other)}` : [...new Set(values.map(shortly))].join(", ");
  if (field === "source" && text === "`aws.*`") return "any service";
  return PLAIN_FIELDS.has(field) && values.every(isName) ? text : `${field}: ${text}`;
}

function isName(value: unknown): boolean {
  return typeof value === "string" || (isNode(value) && "prefix" in value);
}

function isAbsent(value: unknown): boolean {
  return isNode(value) && value.exists === false;
}

/** A condition of an event pattern: `a*` for a beginning, `*a` for an end. */
function shortly(value: unknown): string {
  if (!isNode(value)) return code(typeof value === "string" && !value.includes("*") ? value : JSON.stringify(value));
  if ("exists" in value) return value.exists === true ? "present" : "absent";
  if (typeof value.prefix === "string") return code(`${value.prefix}*`);
  if (typeof value.suffix === "string") return code(`*${value.suffix}`);
  if (typeof value.wildcard === "string") return code(value.wildcard);
  if (typeof value["equals-ignore-case"] === "string") return `${code(value["equals-ignore-case"])} (any case)`;
  if (Array.isArray(value.numeric)) return code(value.numeric.join(""));
  if ("anything-but" in value) return `present but not ${excluded(value)}`;
  return code(JSON.stringify(value));
}

function excluded({ "anything-but": values }: Node): string {
  if (isNode(values)) {
    return Object.entries(values)
      .flatMap(([kind, texts]) => [texts].flat().map((text) => shortly({ [kind]: text })))
      .join(", ");
  }
  return [values].flat().map(shortly).join(", ");
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
