import { canonical, type Value } from "./plan/values";

/** Whether a pattern may match less than another one did. */
export function narrows(before: unknown, after: unknown): "no" | "yes" | "cannot tell" {
  return canonical(before as Value) === canonical(after as Value) ? "no" : "cannot tell";
}
