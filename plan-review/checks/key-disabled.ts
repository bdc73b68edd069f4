import { switched } from "../judging/attribute";
import type { Check } from "./check";

export const keyDisabled: Check = {
  id: "key-disabled",
  title: "A key that is switched off",
  why: "CloudTrail can no longer write what it encrypts with the key, and nobody can read what it has encrypted.",
  mend: "Leave the key enabled; give its users another one before it goes.",
  looksAt: { aws_kms_key: ["is_enabled"], aws_kms_replica_key: ["enabled"] },
  judge: (change) =>
    switched(
      change,
      [change.type === "aws_kms_key" ? "is_enabled" : "enabled"],
      true,
      true,
      "The key is switched off: nothing can be written or read with it",
    ),
};
