import { about, cannotTell } from "../judging/attribute";
import type { Change } from "../plan/plan";
import { at, isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";
import type { Check } from "./check";

const RETENTION = ["rule", 0, "default_retention", 0] as const;

export const objectLock: Check = {
  id: "object-lock",
  title: "Log files that are locked less, or for a shorter time",
  why: "A lock in compliance mode is the one thing that keeps even an administrator from deleting log files.",
  mend: "Leave the default retention as it is.",
  looksAt: { aws_s3_bucket_object_lock_configuration: ["rule"] },
  judge: (change: Change) => {
    const { before, after, action } = change;
    if (action === "forget" || before === undefined) return [];
    const was = lockOf(before);
    if (was === undefined) return [];
    if (
      after &&
      [at(after, ...RETENTION, "mode"), at(after, ...RETENTION, "days"), at(after, ...RETENTION, "years")].includes(
        UNKNOWN,
      )
    ) {
      return [cannotTell(change, ["rule"])];
    }
    const is = after && lockOf(after);
    if (is === undefined) return [about(change, ["rule"], true, "New log files are no longer locked")];
    return [
      ...(was.strict && !is.strict
        ? [about(change, [...RETENTION, "mode"], true, "Administrators may take the lock off")]
        : []),
      ...(is.days < was.days ? [about(change, ["rule"], true, "Log files are locked for a shorter time")] : []),
    ];
  },
};

function lockOf(values: Values): { readonly strict: boolean; readonly days: number } | undefined {
  const mode = at(values, ...RETENTION, "mode");
  if (isEmpty(mode)) return undefined;
  const [days, years] = [at(values, ...RETENTION, "days"), at(values, ...RETENTION, "years")];
  return { strict: mode === "COMPLIANCE", days: count(days) + count(years) * 365 };
}

function count(value: Value | undefined): number {
  return typeof value === "number" ? value : 0;
}
