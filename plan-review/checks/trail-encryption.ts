import { emptied } from "../judging/attribute";
import type { Check } from "./check";

export const trailEncryption: Check = {
  id: "trail-encryption",
  title: "A trail that no longer encrypts with a key of its own",
  why: "With a KMS key, reading log files takes two rights, and each use of the key is an event itself. Without it, whoever may read the bucket reads all.",
  mend: "Leave `kms_key_id` set. To change keys, put the new one in its place.",
  looksAt: { aws_cloudtrail: ["kms_key_id"] },
  judge: (change) => emptied(change, ["kms_key_id"], "Log files are no longer encrypted with a KMS key"),
};
