import { about, switched } from "../judging/attribute";
import type { Check } from "./check";

const FLAGS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const publicAccess: Check = {
  id: "public-access",
  title: "A bucket's block on public access that is taken off",
  why: "Log files hold who does what from where. The block is what keeps one wrong policy or ACL from handing them to everybody.",
  mend: "Leave all four settings on: CloudTrail and readers of your own need none of them off.",
  looksAt: { aws_s3_bucket_public_access_block: FLAGS, aws_s3_account_public_access_block: FLAGS },
  judge: (change) => {
    if (change.action !== "delete") {
      return FLAGS.flatMap((flag) =>
        switched(change, [flag], true, false, "The bucket is one step nearer to being public"),
      );
    }
    const set = FLAGS.filter((flag) => change.before?.[flag] === true);
    return set.map((flag) => about(change, [flag], true, "The bucket is one step nearer to being public"));
  },
};
