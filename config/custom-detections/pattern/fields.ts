import type { AskedField } from "../../../detection/pattern/conjunctions";
import { nearest, surelyMeant } from "../../nearest";
import type { PatternProblem } from "./problem";
import { ENVELOPE, type Field, type Fields, RECORD } from "./record-fields";

/** What is wrong with the name of a field: no event has it, or it has no such part. */
export function fieldProblem({ field, conditions }: AskedField): PatternProblem | undefined {
  const found = lookUp(field);
  if (found === undefined || "field" in found) return found;
  // A pattern's conditions are about values; an object has none.
  const always = conditions.every(({ kind }) => kind === "absent");
  const below = Object.keys(found.object).map((name) => `${field}.${name}`);
  return error(
    field,
    `it is an object, of which ${always ? "this always holds" : "no condition holds"}; ask for a field of it, such as ${below.slice(0, 3).join(", ")}`,
  );
}

/** Why the record has no such field, where that is certain: for the paths that `group`, `count` and `refine` name. */
export function recordFieldProblem(path: string): string | undefined {
  const found = lookUp(`detail.${path}`);
  if (found === undefined || !("field" in found) || found.severity !== "error") return undefined;
  return found.message.replace(/^asks for [^:]*: /, "").replaceAll("detail.", "");
}

/** What is wrong with a path; the object that it leads to; or nothing, where it leads to a value or into what has no fixed form. */
function lookUp(field: string): PatternProblem | { readonly object: Fields } | undefined {
  let fields: Fields = ENVELOPE;
  const steps = field.split(".");
  for (const [index, step] of steps.entries()) {
    const found: Field | undefined = Object.hasOwn(fields, step) ? fields[step] : undefined;
    if (found === undefined) return unknownField(field, fields, step, steps.slice(0, index).join("."));
    if (found === "any") return undefined;
    if (isFields(found)) fields = found;
    else if (index === steps.length - 1) return undefined;
    else return error(field, `${steps.slice(0, index + 1).join(".")} is ${article(found)} and has no fields`);
  }
  return { object: fields };
}

function error(field: string, why: string): PatternProblem {
  return { field, severity: "error", message: `asks for ${field}: ${why}` };
}

function unknownField(field: string, fields: Fields, step: string, path: string): PatternProblem {
  const names = Object.keys(fields);
  const full = (name: string) => (path === "" ? name : `${path}.${name}`);
  const where = path === "" ? "an event has no" : `${path === "detail" ? "CloudTrail's record" : path} has no`;
  const meant = surelyMeant(step, names);
  const elsewhere = path === "" && Object.hasOwn(RECORD, step) ? `detail.${step}` : inRecord(step, path);
  const suggestion =
    elsewhere !== undefined
      ? `write ${elsewhere}`
      : meant !== undefined
        ? `write ${full(meant)}`
        : path === ""
          ? `it has ${names.join(", ")}`
          : `nearest are ${nearest(step, names).map(full).join(", ")}`;
  // The envelope is EventBridge's and fixed; CloudTrail adds fields to its record now and then.
  const certain = path === "" || meant !== undefined || elsewhere !== undefined;
  return {
    field,
    severity: certain ? "error" : "warning",
    message: `asks for ${field}: ${where} "${step}"${certain ? "" : " that is known here"}; ${suggestion}`,
  };
}

/** Where the record has a field that the pattern looks for in another place. */
function inRecord(step: string, path: string): string | undefined {
  if (path === "" && surelyMeant(step, Object.keys(ENVELOPE)) === undefined) {
    const meant = surelyMeant(step, Object.keys(RECORD));
    return meant && `detail.${meant}`;
  }
  if (path !== "detail") return undefined;
  const { userIdentity } = RECORD;
  return isFields(userIdentity) && Object.hasOwn(userIdentity, step) ? `detail.userIdentity.${step}` : undefined;
}

function isFields(field: Field | undefined): field is Fields {
  return typeof field === "object";
}

function article(kind: string): string {
  return kind === "flag" ? "a boolean" : `a ${kind}`;
}
