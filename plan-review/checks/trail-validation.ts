import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

export const trailValidation: Check = {
  id: "trail-validation",
  title: "Log file validation turned off",
  why: "Without digest files, you cannot prove that log files are complete and unchanged.",
  remediation: `Keep \`enable_log_file_validation\` on. It is free. CIS requires it: ${cisNumbers(["3.2"])}.`,
  looksAt: { aws_cloudtrail: ["enable_log_file_validation"] },
  evaluate: (change) =>
    switched(change, ["enable_log_file_validation"], true, false, "Tampering with log files can no longer be detected"),
};
