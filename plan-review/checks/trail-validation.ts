import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { switched } from "../judging/attribute";
import type { Check } from "./check";

export const trailValidation: Check = {
  id: "trail-validation",
  title: "A trail without log file validation",
  why: "Without digest files nobody can prove that log files were not changed or taken away.",
  mend: `Leave \`enable_log_file_validation\` on: it is free, and CIS asks for it: ${cisNumbers(["3.2"])}.`,
  looksAt: { aws_cloudtrail: ["enable_log_file_validation"] },
  judge: (change) =>
    switched(
      change,
      ["enable_log_file_validation"],
      true,
      false,
      "Nobody can tell any more whether log files were tampered with",
    ),
};
