import { switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

export const forceDestroy: Check = {
  id: "force-destroy",
  title: "Bucket can be destroyed with its log files",
  why: "While `force_destroy` is off, AWS refuses to delete a bucket that holds log files. With it on, one wrong plan deletes the whole archive.",
  remediation: "Keep `force_destroy` off. To remove the bucket, empty it first.",
  looksAt: { aws_s3_bucket: ["force_destroy"] },
  evaluate: (change) =>
    switched(change, ["force_destroy"], false, false, "Destroying the bucket would also delete its log files"),
};
