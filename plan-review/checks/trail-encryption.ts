import { emptied } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

export const trailEncryption: Check = {
  id: "trail-encryption",
  title: "Trail loses its KMS key",
  why: "With a KMS key, reading log files needs a second permission, and each use of the key is recorded. Without it, read access to the bucket is enough.",
  remediation: "Keep `kms_key_id` set. To change keys, set the new key in the same change.",
  looksAt: { aws_cloudtrail: ["kms_key_id"] },
  evaluate: (change) => emptied(change, ["kms_key_id"], "Log files are no longer encrypted with a KMS key"),
};
