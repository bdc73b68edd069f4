import { altered, emptied, pair } from "../judging/attribute";
import { configured, own } from "../judging/estate";
import { at, blocks, isEmpty, isValues } from "../plan/values";
import type { Check } from "./check";

const SETTING = "aws_s3_bucket_logging";
const INLINE = ["logging", 0, "target_bucket"];

export const accessLog: Check = {
  id: "access-log",
  title: "A bucket whose readers are no longer recorded",
  why: "The access log says who read or deleted log files, where the trail records no data events; CIS asks for it.",
  mend: "Leave the access log and its bucket as they are.",
  looksAt: { [SETTING]: ["target_bucket"], aws_s3_bucket: ["logging"] },
  unknown: "cannot tell; so is another bucket for the access log",
  judge: (given, estate) => {
    if (given.type !== SETTING && !own(given, SETTING, estate)) return [];
    const inline =
      given.type === SETTING && given.action === "create" ? configured(given, "aws_s3_bucket", estate) : {};
    const [copy] = blocks(inline, "logging");
    const change = isValues(copy) ? given.since(copy) : given;
    const path = change.type === SETTING ? ["target_bucket"] : INLINE;
    if (!pair(change) || isEmpty(at(change.before, ...path))) return [];
    return isEmpty(at(change.after, ...path))
      ? emptied(change, path, "Nobody records any more who reads the bucket")
      : altered(change, path, "Whether anybody reads the access log there can't be told");
  },
};
