import { about, switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

const FLAGS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const publicAccess: Check = {
  id: "public-access",
  title: "Public access block turned off",
  why: "Log files show who did what, and from where. The block stops one wrong policy or ACL from making them public.",
  remediation: "Keep all four settings on. Neither CloudTrail nor your own readers need them off.",
  looksAt: { aws_s3_bucket_public_access_block: FLAGS, aws_s3_account_public_access_block: FLAGS },
  evaluate: (change) => {
    if (change.action !== "delete") {
      return FLAGS.flatMap((flag) =>
        switched(change, [flag], true, false, "A setting that blocks public access is turned off"),
      );
    }
    const set = FLAGS.filter((flag) => change.before?.[flag] === true);
    return set.map((flag) => about(change, [flag], true, "A setting that blocks public access is turned off"));
  },
};
