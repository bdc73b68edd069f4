import { about, indeterminate, pair, switched } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { configured, own, type PlanContext } from "../evaluation/context";
import type { Change } from "../plan/plan";
import { at, UNKNOWN, type Value } from "../plan/values";

const SETTING = "aws_s3_bucket_versioning";
const STATUS = ["versioning_configuration", 0, "status"];
const MFA = ["versioning_configuration", 0, "mfa_delete"];
const WHAT = "Deleted or overwritten log files cannot be restored";

export const versioning: Check = {
  id: "versioning",
  title: "Bucket versioning turned off",
  why: "With versioning, a deleted log file is only hidden. Without it, a deletion is final.",
  remediation: "Keep versioning enabled. Let old versions expire if they cost too much.",
  looksAt: { [SETTING]: ["versioning_configuration"], aws_s3_bucket: ["versioning"] },
  evaluate: (change, context) => {
    if (change.type === "aws_s3_bucket") {
      return own(change, SETTING, context) ? switched(change, ["versioning", 0, "enabled"], true, false, WHAT) : [];
    }
    return [...status(change, context), ...mfaDelete(change)];
  },
};

function status(change: Change, context: PlanContext): readonly Finding[] {
  const bucket = change.before ? undefined : configured(change, "aws_s3_bucket", context);
  const was = change.before
    ? at(change.before, ...STATUS) === "Enabled"
    : at(bucket, "versioning", 0, "enabled") === true;
  if (!was || change.action === "forget") return [];
  const is: Value | undefined = at(change.after, ...STATUS);
  if (is === "Enabled") return [];
  return [is === UNKNOWN ? indeterminate(change, STATUS) : about(change, STATUS, true, WHAT)];
}

function mfaDelete(change: Change): readonly Finding[] {
  const sides = pair(change);
  if (!sides || at(sides.before, ...MFA) !== "Enabled") return [];
  const is = at(sides.after, ...MFA);
  if (is === "Enabled") return [];
  return [
    is === UNKNOWN ? indeterminate(change, MFA) : about(change, MFA, true, "Deleting versions no longer requires MFA"),
  ];
}
