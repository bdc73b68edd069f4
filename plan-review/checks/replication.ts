import { about, indeterminate } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { configured, own, type PlanContext } from "../evaluation/context";
import { scope } from "../evaluation/lifecycle";
import type { Step } from "../plan/plan";
import { at, blocks, hasUnknown, type Value, type Values } from "../plan/values";

const SETTING = "aws_s3_bucket_replication_configuration";
const INLINE = ["replication_configuration", 0, "rules"];
const RULES: Readonly<Record<string, readonly Step[]>> = { [SETTING]: ["rule"], aws_s3_bucket: INLINE };

export const replication: Check = {
  id: "replication",
  title: "Log files no longer replicated",
  why: "An intruder with full access to this account cannot delete a copy in another one. If deletions are replicated too, the copy does not help.",
  remediation:
    "Keep the rule enabled, with its destination. To move the copies, add a second rule. Remove the old one when the new bucket has everything.",
  looksAt: { [SETTING]: ["rule"], aws_s3_bucket: ["replication_configuration"] },
  evaluate: (change, context: PlanContext) => {
    const { type, after } = change;
    const path = RULES[type] ?? [];
    const before = change.before ?? (type === SETTING ? configured(change, "aws_s3_bucket", context) : undefined);
    if (!before || !after || (type !== SETTING && !own(change, SETTING, context))) return [];
    const [was, is] = [copies(before, change.before ? path : INLINE), copies(after, path)];
    const lost = was.filter((copy) => !is.some((other) => copiesAll(other, copy)));
    const deletes = is.some(({ deletions }) => deletions) && was.length > 0 && !was.some(({ deletions }) => deletions);
    if ((lost.length > 0 || deletes) && hasUnknown(at(after, ...path))) return [indeterminate(change, path)];
    const found: Finding[] = [];
    if (lost.length > 0)
      found.push(about(change, path, true, "Some or all log files are no longer copied to the destination"));
    if (deletes) found.push(about(change, path, true, "Deletions are replicated to the copy"));
    return found;
  },
};

/** What a rule that is on copies, and where to. */
interface Copy {
  readonly destination: Value | undefined;
  readonly prefix: string;
  readonly limits: string;
  readonly deletions: boolean;
}

function copies(values: Values, path: readonly Step[]): readonly Copy[] {
  const rules = at(values, ...path);
  return (Array.isArray(rules) ? rules : [])
    .filter((rule) => at(rule, "status") === "Enabled")
    .map((rule: Value) => ({
      ...scope(rule),
      destination: blocks(rule, "destination").map((each) => at(each, "bucket"))[0],
      deletions: [...blocks(rule, "delete_marker_replication"), at(rule, "delete_marker_replication_status")].some(
        (each) => each === "Enabled" || at(each, "status") === "Enabled",
      ),
    }));
}

function copiesAll(wide: Copy, narrow: Copy): boolean {
  return (
    wide.destination === narrow.destination &&
    narrow.prefix.startsWith(wide.prefix) &&
    (wide.limits === "" || wide.limits === narrow.limits)
  );
}
