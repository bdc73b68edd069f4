import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { Detection } from "../../detection/definition/detection";
import { type CloudTrailRecord, parseRecord, RecordProblem } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { parseJson } from "../../detection/events/json";
import { enableDetections } from "../../detection/matching/enabled-detections";
import { matchedDetections } from "../../detection/matching/matched-detections";
import { closedObject } from "../objects";
import { describeValue, pathOf } from "../problem";
import { NAMES } from "./fixture-names";

/** An event, as CloudTrail writes it, and whether the detection matches it. */
export interface FixtureCase {
  readonly name: string;
  readonly matches: boolean;
  readonly record: CloudTrailRecord;
}

export type Fixture = { readonly cases: readonly FixtureCase[] } | { readonly problems: readonly string[] };

const record = v.pipe(
  v.unknown(),
  v.rawCheck(({ dataset, addIssue }) => {
    try {
      parseRecord(dataset.value);
    } catch (error) {
      if (!(error instanceof RecordProblem)) throw error;
      addIssue({ message: `must be a record as CloudTrail writes it: ${error.message}` });
    }
  }),
);

const schema = closedObject(
  {
    cases: v.array(
      closedObject(
        {
          name: v.custom<string>((value) => typeof value === "string" && value !== "", "must be a non-empty string"),
          matches: v.custom<boolean>((value) => typeof value === "boolean", "must be true or false"),
          record,
        },
        'an object such as {"name": "a user does it", "matches": true, "record": {…}}',
      ),
      "must be a list of cases",
    ),
  },
  'an object such as {"cases": […]}',
);

/** Reads the cases of a detection: `<folder>/<id>.json`. */
export function readFixture(folder: string, id: string): Fixture {
  const file = join(folder, `${id}.json`);
  if (!existsSync(file))
    return { problems: [`${file} is missing: write one event that matches and one that does not`] };
  const parsed = parseJson(readFileSync(file, "utf8"));
  if ("problem" in parsed) return { problems: [`${file} is not JSON: ${parsed.problem.replace(/\s+/g, " ")}`] };
  const { success, output, issues = [] } = v.safeParse(schema, parsed.value);
  const problems = issues.map((issue) => `${file}: ${describeValue(pathOf(issue), parsed.value)}: ${issue.message}`);
  if (!success) return { problems };
  const { cases } = output as { readonly cases: readonly FixtureCase[] };
  const missing = [true, false].filter((wanted) => !cases.some(({ matches }) => matches === wanted));
  return missing.length === 0
    ? { cases }
    : { problems: missing.map((wanted) => `${file} has no case whose "matches" is ${wanted}: write one`) };
}

/** Files of cases that belong to no detection. */
export function strayFixtures(folder: string, detections: readonly Detection[]): readonly string[] {
  const known = new Set(detections.map(({ id }) => `${id}.json`));
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => !known.has(name))
        .map((name) => join(folder, name))
    : [];
}

/**
 * Whether the function would take the record for a match of the detection: by its pattern, in which placeholders stand for
 * the names of `fixture-names.ts`, and by its refinements.
 */
export function matchesRecord(detection: Detection, record: CloudTrailRecord): boolean {
  const refuse = (_: Detection, error: Error): never => {
    throw error;
  };
  const enabled = enableDetections([detection], refuse, NAMES);
  return matchedDetections(enabled, wrapRecord(record)).length > 0;
}
