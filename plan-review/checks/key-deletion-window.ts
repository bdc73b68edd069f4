import { lowered } from "../judging/attribute";
import type { Check } from "./check";

/** What AWS takes where nothing is said. */
const DEFAULT = 30;

export const keyDeletionWindow: Check = {
  id: "key-deletion-window",
  title: "A key that can be gone sooner",
  why: "The waiting time is the only way back from a key's deletion, and with the key every log file becomes unreadable.",
  mend: "Leave `deletion_window_in_days` at 30.",
  looksAt: { aws_kms_key: ["deletion_window_in_days"], aws_kms_replica_key: ["deletion_window_in_days"] },
  judge: (change) =>
    lowered(
      change,
      ["deletion_window_in_days"],
      (value) => (typeof value === "number" ? value : (value ?? null) === null ? DEFAULT : undefined),
      "There is less time to take back the key's deletion",
    ),
};
