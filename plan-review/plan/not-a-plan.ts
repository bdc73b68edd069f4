import { UserError } from "../../config/user-error";

/** A file isn't a plan that can be reviewed; the message, one line, says what was given and what to run instead. */
export class PlanError extends UserError {
  override readonly name = "PlanError";
}

/** The command that writes what is reviewed. */
export const MAKE_PLAN =
  "terraform plan -out=tfplan && terraform show -json tfplan > plan.json (or the same with tofu)";
const SHOW = "terraform show -json FILE > plan.json (or tofu show)";

/**
 * The text of a file.
 *
 * @throws PlanError for a plan as `-out` saves it, other binary files and UTF-16
 */
export function textOf(bytes: Buffer): string {
  if (bytes.length === 0) throw new PlanError(`is empty: run ${MAKE_PLAN}`);
  if (bytes.subarray(0, 4).equals(Buffer.from("PK\x03\x04"))) {
    throw new PlanError(`is a binary plan (terraform plan -out), not JSON: run ${SHOW}`);
  }
  const [first, second] = bytes;
  const mark = ((first ?? 0) << 8) | (second ?? 0);
  if (mark === 0xfffe || mark === 0xfeff || first === 0 || second === 0) {
    throw new PlanError(
      'is UTF-16, as Windows PowerShell writes with >: run cmd /c "terraform show -json FILE > plan.json", or write it as UTF-8',
    );
  }
  if (mark === 0x1f8b) throw new PlanError("is compressed with gzip: unpack it first (gunzip)");
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/**
 * A plan's JSON.
 *
 * @throws PlanError for what isn't one
 */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PlanError(whyNotJson(text, error));
  }
}

function whyNotJson(text: string, error: unknown): string {
  if (text.trim() === "") return `is blank: run ${MAKE_PLAN}`;
  if (/^\s*\{"@level":/.test(text)) return `is the log of terraform plan -json, not the plan: run ${MAKE_PLAN}`;
  if (
    /Terraform (will perform|used the selected)|OpenTofu (will perform|used the selected)|^No changes\./m.test(text)
  ) {
    return `is the text output of terraform plan, not JSON: run ${MAKE_PLAN}`;
  }
  if (error instanceof RangeError) return `is nested too deeply to be a plan: run ${MAKE_PLAN}`;
  if (/^\s*\{/.test(text) && !/\}\s*$/.test(text)) {
    return `is truncated JSON (${text.length} characters): write it again with ${SHOW}`;
  }
  return `is not JSON: run ${MAKE_PLAN}`;
}

/** Why parsed JSON isn't a plan's, from the fields that it has. */
export function whyNotPlan(json: unknown): string {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return `is not a plan, but JSON of type ${json === null ? "null" : Array.isArray(json) ? "array" : typeof json}: run ${MAKE_PLAN}`;
  }
  const has = (key: string) => Object.hasOwn(json, key);
  if (has("provider_schemas")) return `is the output of terraform providers schema, not a plan: run ${MAKE_PLAN}`;
  if (has("lineage") || (has("serial") && has("version"))) return `is a state file, not a plan: run ${MAKE_PLAN}`;
  if (has("format_version") && has("values")) {
    return `is a state (terraform show -json without a plan's file), not a plan: run ${MAKE_PLAN}`;
  }
  if (has("@level")) return `is the log of terraform plan -json, not the plan: run ${MAKE_PLAN}`;
  if (has("terraform") || has("resource")) return `is a configuration, not a plan: run ${MAKE_PLAN}`;
  return `is not a plan, but JSON without format_version: run ${MAKE_PLAN}`;
}
