import { lowered } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

/** What AWS takes where nothing is said. */
const DEFAULT = 30;

export const keyDeletionWindow: Check = {
  id: "key-deletion-window",
  title: "Shorter deletion window of a KMS key",
  why: "Only within this window can the deletion of a key be canceled. Without the key, every log file is unreadable.",
  remediation: "Keep `deletion_window_in_days` at 30.",
  looksAt: { aws_kms_key: ["deletion_window_in_days"], aws_kms_replica_key: ["deletion_window_in_days"] },
  evaluate: (change) =>
    lowered(
      change,
      ["deletion_window_in_days"],
      (value) => (typeof value === "number" ? value : (value ?? null) === null ? DEFAULT : undefined),
      "There is less time to cancel the key's deletion",
    ),
};
