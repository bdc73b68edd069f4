import { at, isValues, type Value, type Values } from "../plan/values";

/** Attributes by which other resources name one. */
const NAMING = ["arn", "id", "name", "bucket", "url", "key_id", "function_name", "qualified_arn", "alarm_name"];

/** All that other resources may name a resource by. */
export function tokensOf(type: string, values: Values): readonly string[] {
  const texts = NAMING.map((attribute) => values[attribute]);
  if (type === "aws_cloudwatch_log_metric_filter") {
    const metric = at(values, "metric_transformation", 0, "name");
    return typeof metric === "string" ? [metric] : [];
  }
  return texts.filter((text) => typeof text === "string" && text !== "") as readonly string[];
}

/**
 * The ways in which a value that names a resource may be written by that resource itself: log groups' ARNs with `:*`,
 * functions' with a version or alias, names taken out of ARNs.
 */
export function spellings(value: string): readonly string[] {
  const plain = value.replace(/:\*$/, "");
  if (!plain.startsWith("arn:")) return [plain];
  const unqualified = plain.replace(/^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+):.*$/, "$1");
  const resource = unqualified.split(":").slice(5).join(":");
  const name = resource
    .replace(/^(function|log-group):/, "")
    .replace(/^(key|table|rule|stream|deliverystream|policy)\//, "");
  return [...new Set([plain, unqualified, name, name.replace(/^role\/(.*\/)?/, "")])];
}

/** The values at a link's path. */
export function valuesAt(values: Values, path: string): readonly Value[] {
  let found: readonly (Value | undefined)[] = [values];
  for (const step of path.split(".")) {
    found = found.flatMap((value): readonly (Value | undefined)[] => {
      if (typeof value === "symbol" || value === undefined || value === null) return [value ?? undefined];
      if (step === "*") return typeof value === "object" ? Object.values(value) : [];
      if (step === "json") return [parsedObject(value)];
      return isValues(value) ? [value[step]] : [];
    });
  }
  return found.flatMap((value) => (value === undefined || value === null || value === "" ? [] : [value]));
}

function parsedObject(value: Value): Value | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}
