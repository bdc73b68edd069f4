import { about, indeterminate } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { configured, own } from "../evaluation/context";
import type { Step } from "../plan/plan";
import { at, isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";

const SETTING = "aws_s3_bucket_object_lock_configuration";
const INLINE = "object_lock_configuration";
const INLINE_RULE = [INLINE, 0, "rule"];
const RULES: Readonly<Record<string, readonly Step[]>> = { [SETTING]: ["rule"], aws_s3_bucket: INLINE_RULE };
const RETENTION = [0, "default_retention", 0];

export const objectLock: Check = {
  id: "object-lock",
  title: "Object lock weaker or shorter",
  why: "Only a lock in compliance mode stops an administrator from deleting log files.",
  remediation: "Keep the default retention as it is.",
  looksAt: { [SETTING]: ["rule"], aws_s3_bucket: [INLINE] },
  evaluate: (change, context) => {
    const { type, after, action } = change;
    const before = change.before ?? configured(change, "aws_s3_bucket", context);
    if (action === "forget" || before === undefined) return [];
    // The bucket's own copy; it goes only with the bucket, which `destroyed` reports.
    if (type !== SETTING && (!after || !own(change, SETTING, context))) return [];
    const rule = RULES[type] ?? [];
    const retention = [...rule, ...RETENTION];
    const was = lockOf(before, change.before ? retention : [...INLINE_RULE, ...RETENTION]);
    if (was === undefined) return [];
    if (["mode", "days", "years"].some((name) => at(after, ...retention, name) === UNKNOWN)) {
      return [indeterminate(change, rule)];
    }
    const is = after && lockOf(after, retention);
    if (is === undefined) return [about(change, rule, true, "New log files are no longer locked")];
    return [
      ...(was.strict && !is.strict
        ? [about(change, [...retention, "mode"], true, "Administrators can remove the lock")]
        : []),
      ...(is.days < was.days ? [about(change, rule, true, "Log files are locked for a shorter time")] : []),
    ];
  },
};

interface Lock {
  readonly strict: boolean;
  readonly days: number;
}

function lockOf(values: Values, retention: readonly Step[]): Lock | undefined {
  const mode = at(values, ...retention, "mode");
  if (isEmpty(mode)) return undefined;
  const [days, years] = [at(values, ...retention, "days"), at(values, ...retention, "years")];
  return { strict: mode === "COMPLIANCE", days: count(days) + count(years) * 365 };
}

function count(value: Value | undefined): number {
  return typeof value === "number" ? value : 0;
}
