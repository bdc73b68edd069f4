import { switched } from "../judging/attribute";
import type { Check } from "./check";

export const forceDestroy: Check = {
  id: "force-destroy",
  title: "A bucket that may be destroyed with all log files",
  why: "As long as it is off, AWS refuses to delete a bucket that holds log files. With it on, one wrong plan deletes the whole archive.",
  mend: "Leave `force_destroy` off. Who wants the bucket gone empties it first, knowing what that means.",
  looksAt: { aws_s3_bucket: ["force_destroy"] },
  judge: (change) =>
    switched(change, ["force_destroy"], false, false, "Destroying the bucket would take its log files along"),
};
