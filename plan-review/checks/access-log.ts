import { altered, emptied, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { configured, own } from "../evaluation/context";
import { at, blocks, isEmpty, isValues } from "../plan/values";

const SETTING = "aws_s3_bucket_logging";
const INLINE = ["logging", 0, "target_bucket"];

export const accessLog: Check = {
  id: "access-log",
  title: "Bucket access log turned off",
  why: "The access log shows who read or deleted log files, where the trail records no data events. CIS requires it.",
  remediation: "Keep the access log and its bucket.",
  looksAt: { [SETTING]: ["target_bucket"], aws_s3_bucket: ["logging"] },
  limits: "Indeterminate: another bucket for the access log.",
  evaluate: (given, context) => {
    if (given.type !== SETTING && !own(given, SETTING, context)) return [];
    const inline =
      given.type === SETTING && given.action === "create" ? configured(given, "aws_s3_bucket", context) : {};
    const [copy] = blocks(inline, "logging");
    const change = isValues(copy) ? given.since(copy) : given;
    const path = change.type === SETTING ? ["target_bucket"] : INLINE;
    if (!pair(change) || isEmpty(at(change.before, ...path))) return [];
    return isEmpty(at(change.after, ...path))
      ? emptied(change, path, "Reads of the bucket are no longer recorded")
      : altered(change, path, "The access log goes to another bucket, which may have no readers");
  },
};
