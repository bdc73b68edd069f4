import { isObject } from "../events/json";
import { parseExactly } from "./exact-json";
import { policyMayOpen } from "./policy";
import { isOwn, isServiceName } from "./principal-names";

/** Deeper than this nothing is looked at. A policy in a list in an object has a handful of levels. */
const MAX_DEPTH = 20;

/**
 * Whether the value names an AWS account other than one's own, or something of which that can't be ruled out.
 *
 * @param own the record's own account, where it is known
 */
export function mayNameOther(value: unknown, own: string | undefined, depth = 0): boolean {
  if (depth > MAX_DEPTH) return true;
  switch (typeof value) {
    case "string":
      return textMayNameOther(value, own, depth);
    case "number":
      // An account id that has lost its quotation marks has lost the zeros at its beginning too.
      return String(value).padStart(12, "0") !== own;
    case "object": {
      if (value === null) return false;
      if (isObject(value) && Object.hasOwn(value, "Statement")) return policyMayOpen(value, own);
      return Object.values(value).some((inner) => mayNameOther(inner, own, depth + 1));
    }
    default:
      return false;
  }
}

function textMayNameOther(text: string, own: string | undefined, depth: number): boolean {
  if (text === "" || isOwn(text, own) || isServiceName(text)) return false;
  const json = /^\s*[[{]/.test(text) ? text : decoded(text);
  const parsed = json === undefined ? undefined : parseExactly(json);
  return parsed === undefined || mayNameOther(parsed.value, own, depth + 1);
}

/** The JSON that is URL-encoded in the text, if that is what it looks like. */
function decoded(text: string): string | undefined {
  if (!/^(\s|%20|%09|%0a|%0d|\+)*%(7b|5b)/i.test(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
