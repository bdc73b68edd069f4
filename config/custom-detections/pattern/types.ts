import type { Condition } from "../../../detection/pattern/condition";
import { ENVELOPE, type Field } from "./record-fields";

/** Why no value of the field's kind can match. */
export function typeProblem(field: string, conditions: readonly Condition[]): string | undefined {
  const kind = kindOf(field);
  if (kind === undefined || kind === "flag" || conditions.length === 0) return undefined;
  if (conditions.some((condition) => canBe(condition, kind))) return undefined;
  const instead =
    kind === "boolean"
      ? "write true or false, without quotation marks"
      : conditions.some(
            (condition) => condition.kind === "equals" && (condition.value === null || condition.value === ""),
          )
        ? `for a record without it write [{"exists": false}]`
        : `write it with quotation marks`;
  return `it is a ${kind}, and no event matches; ${instead}`;
}

function kindOf(field: string): "string" | "boolean" | "flag" | undefined {
  let found: Field | undefined = ENVELOPE;
  for (const step of field.split(".")) {
    if (typeof found !== "object" || !Object.hasOwn(found, step)) return undefined;
    found = found[step];
  }
  return found === "string" || found === "boolean" || found === "flag" ? found : undefined;
}

function canBe(condition: Condition, kind: "string" | "boolean"): boolean {
  switch (condition.kind) {
    case "equals":
      return (
        (kind === "string" ? typeof condition.value === "string" : typeof condition.value === "boolean") &&
        condition.value !== ""
      );
    case "numeric":
      return false;
    case "exists":
    case "absent":
    case "anything-but":
      return true;
    default:
      return kind === "string";
  }
}
