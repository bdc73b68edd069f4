import * as v from "valibot";
import { contradictions } from "../../detection/definition/check-detection";
import type { Detection } from "../../detection/definition/detection";
import { isObject } from "../../detection/events/json";
import { describeValue, pathOf } from "../problem";
import { ownSchema, shippedSchema } from "./schema";

/** A detection that works, or everything that is wrong with it, a line each: path, what was given, what is allowed. */
export type CheckedDetection = { readonly detection: Detection } | { readonly problems: readonly string[] };

/** Checks a user's own detection, as parsed JSON, and fills in the defaults. */
export function checkOwn(given: unknown): CheckedDetection {
  const { output, problems } = check(ownSchema, given);
  // What the schema gives is a detection; valibot says `unknown` of patterns and refinements.
  return problems.length > 0 ? { problems } : { detection: { ...(output as Detection), pack: "own" } };
}

/** What is wrong with a detection that ships. */
export function problemsOfShipped(detection: Detection): readonly string[] {
  return check(shippedSchema, detection).problems;
}

function check(schema: v.GenericSchema, given: unknown): { output: unknown; problems: readonly string[] } {
  const { output, issues = [] } = v.safeParse(schema, given);
  const problems = issues.map((issue) => `${describeValue(pathOf(issue), given)}: ${issue.message}`);
  return { output, problems: [...problems, ...(isObject(given) ? contradictions(given) : [])] };
}
