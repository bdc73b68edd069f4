import * as v from "valibot";
import type { Key } from "./key";

/** What a key allows, in the words of its error: `a whole number of days from 1 to 3650`. */
export function allowedFor({ schema }: Key): string {
  // No key allows null.
  const { issues } = v.safeParse(schema, null);
  return String(issues?.[0].message).replace(/^must be /, "");
}
