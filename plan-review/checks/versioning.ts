import { about, cannotTell, pair, switched } from "../judging/attribute";
import { configured, type Estate, own } from "../judging/estate";
import type { Change } from "../plan/plan";
import { at, UNKNOWN, type Value } from "../plan/values";
import type { Check, Finding } from "./check";

const SETTING = "aws_s3_bucket_versioning";
const STATUS = ["versioning_configuration", 0, "status"];
const MFA = ["versioning_configuration", 0, "mfa_delete"];
const WHAT = "What is deleted or overwritten in the bucket is gone for good";

export const versioning: Check = {
  id: "versioning",
  title: "A bucket that keeps no versions any more",
  why: "With versions, a deleted log file is only hidden; without, whoever may delete covers their tracks for good.",
  mend: "Leave versioning enabled; let old versions expire if they cost too much.",
  looksAt: { [SETTING]: ["versioning_configuration"], aws_s3_bucket: ["versioning"] },
  judge: (change, estate) => {
    if (change.type === "aws_s3_bucket") {
      return own(change, SETTING, estate) ? switched(change, ["versioning", 0, "enabled"], true, false, WHAT) : [];
    }
    return [...status(change, estate), ...mfaDelete(change)];
  },
};

function status(change: Change, estate: Estate): readonly Finding[] {
  const bucket = change.before ? undefined : configured(change, "aws_s3_bucket", estate);
  const was = change.before
    ? at(change.before, ...STATUS) === "Enabled"
    : at(bucket, "versioning", 0, "enabled") === true;
  if (!was || change.action === "forget") return [];
  const is: Value | undefined = at(change.after, ...STATUS);
  if (is === "Enabled") return [];
  return [is === UNKNOWN ? cannotTell(change, STATUS) : about(change, STATUS, true, WHAT)];
}

function mfaDelete(change: Change): readonly Finding[] {
  const sides = pair(change);
  if (!sides || at(sides.before, ...MFA) !== "Enabled") return [];
  const is = at(sides.after, ...MFA);
  if (is === "Enabled") return [];
  return [
    is === UNKNOWN
      ? cannotTell(change, MFA)
      : about(change, MFA, true, "Deleting versions no longer asks for a second factor"),
  ];
}
