import { switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

export const keyDisabled: Check = {
  id: "key-disabled",
  title: "KMS key disabled",
  why: "CloudTrail can no longer write what it encrypts with the key, and nothing that was encrypted with it can be read.",
  remediation: "Keep the key enabled. Before you disable it, give everything that uses it another key.",
  looksAt: { aws_kms_key: ["is_enabled"], aws_kms_replica_key: ["enabled"] },
  evaluate: (change) =>
    switched(
      change,
      [change.type === "aws_kms_key" ? "is_enabled" : "enabled"],
      true,
      true,
      "The key is disabled, so nothing can be encrypted or decrypted with it",
    ),
};
