import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { enableDetections } from "../../detection/matching/enabled-detections";
import type { Conjunction } from "../../detection/pattern/conjunctions";
import { parsePattern } from "../../detection/pattern/conjunctions";
import { describeConditions } from "../../detection/pattern/describe";
import { FieldTree } from "../../detection/pattern/field-tree";
import { resolve } from "../../detection/pattern/resolve";
import { satisfied } from "../../detection/pattern/satisfy";
import { testField } from "../../detection/pattern/value-test";
import { describeRefinement } from "../../detection/refinements/refinement";
import { quote } from "../problem";
import { NAMES } from "./fixture-names";

/** Values of a field that are shown. */
const MAX_VALUES = 3;

/**
 * Why a record is no match of a detection, a line each: the fields of the pattern that don't match, with what it asks and what
 * the event has, or the refinements that don't hold. Of alternatives, those that come nearest.
 */
export function mismatches(detection: Detection, record: CloudTrailRecord): readonly string[] {
  const event = wrapRecord(record);
  const failing = parsePattern(resolve(detection.pattern, NAMES)).map((conjunction) => unmet(conjunction, event));
  const least = Math.min(...failing.map((fields) => fields.length));
  if (least > 0) {
    const nearest = failing.filter((fields) => fields.length === least);
    return nearest.flatMap((lines, index) =>
      nearest.length === 1 ? lines : lines.map((line) => `alternative ${index + 1} of ${nearest.length}: ${line}`),
    );
  }
  const refused = refusedBy(detection, record);
  return refused.length > 0
    ? refused.map((refinement) => `the pattern matches, but not so that ${refinement}`)
    : ["each field matches, but no element of a list has them all"];
}

/** The fields of which the event has no value that is asked for. */
function unmet(conjunction: Conjunction, event: unknown): readonly string[] {
  return conjunction.flatMap(({ field, conditions }) => {
    const tree = new FieldTree([field], () => true);
    const found = tree.finish(tree.begin(event));
    if (satisfied([{ field: 0, test: testField(conditions) }], found)) return [];
    const values = (found[0] ?? []).map(({ value }) => quote(value));
    const shown = values.slice(0, MAX_VALUES).join(", ") + (values.length > MAX_VALUES ? ", …" : "");
    return [`${field}: asked is that it ${describeConditions(conditions)}; the event has ${shown || "no such field"}`];
  });
}

function refusedBy(detection: Detection, record: CloudTrailRecord): readonly string[] {
  const { refine = [] } = detection;
  const { refinements } = enableDetections([detection], refuse, NAMES);
  return refine.filter((_, index) => refinements[0]?.[index]?.holds(record) === false).map(describeRefinement);
}

function refuse(_: Detection, error: Error): never {
  throw error;
}
