import { about, cannotTell } from "../judging/attribute";
import { configured, type Estate, own } from "../judging/estate";
import { scope } from "../judging/lifecycle";
import type { Step } from "../plan/plan";
import { at, blocks, hasUnknown, type Value, type Values } from "../plan/values";
import type { Check, Finding } from "./check";

const SETTING = "aws_s3_bucket_replication_configuration";
const INLINE = ["replication_configuration", 0, "rules"];
const RULES: Readonly<Record<string, readonly Step[]>> = { [SETTING]: ["rule"], aws_s3_bucket: INLINE };

export const replication: Check = {
  id: "replication",
  title: "Log files that are no longer copied to another bucket",
  why: "A copy in another account is what an intruder with all rights in this one can't take away. Where deletions are copied too, it is none.",
  mend: "Leave the rule enabled, with its destination. To move the copies, add a second rule, and take the old one away when the new bucket has all.",
  looksAt: { [SETTING]: ["rule"], aws_s3_bucket: ["replication_configuration"] },
  judge: (change, estate: Estate) => {
    const { type, after } = change;
    const path = RULES[type] ?? [];
    const before = change.before ?? (type === SETTING ? configured(change, "aws_s3_bucket", estate) : undefined);
    if (!before || !after || (type !== SETTING && !own(change, SETTING, estate))) return [];
    const [was, is] = [copies(before, change.before ? path : INLINE), copies(after, path)];
    const lost = was.filter((copy) => !is.some((other) => copiesAll(other, copy)));
    const deletes = is.some(({ deletions }) => deletions) && was.length > 0 && !was.some(({ deletions }) => deletions);
    if ((lost.length > 0 || deletes) && hasUnknown(at(after, ...path))) return [cannotTell(change, path)];
    const found: Finding[] = [];
    if (lost.length > 0)
      found.push(about(change, path, true, "Log files, or some of them, are no longer copied there"));
    if (deletes) found.push(about(change, path, true, "What is deleted here is deleted in the copy"));
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
