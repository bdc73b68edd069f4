import { switched } from "../judging/attribute";
import type { Check } from "./check";

export const keyRotation: Check = {
  id: "key-rotation",
  title: "A key that is rotated no more",
  why: "A key that never changes protects the more the longer somebody has had a copy of it; CIS 3.6 asks for rotation.",
  mend: "Leave `enable_key_rotation` on: rotation is free of work, old data stays readable.",
  looksAt: { aws_kms_key: ["enable_key_rotation"] },
  judge: (change) => switched(change, ["enable_key_rotation"], true, false, "The key is no longer rotated"),
};
