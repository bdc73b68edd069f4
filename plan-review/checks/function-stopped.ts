import { about, cannotTell, pair } from "../judging/attribute";
import { UNKNOWN } from "../plan/values";
import type { Check } from "./check";

const RESERVED = "reserved_concurrent_executions";

export const functionStopped: Check = {
  id: "function-stopped",
  title: "A function that may not run any more",
  why: "With a reserved concurrency of zero Lambda refuses every invocation: nothing is judged, and nobody is told.",
  mend: "Leave `reserved_concurrent_executions` above zero, or at -1 for no limit.",
  looksAt: { aws_lambda_function: [RESERVED] },
  judge: (change) => {
    const sides = pair(change);
    const [was, is] = [sides?.before[RESERVED], sides?.after[RESERVED]];
    if (!sides || was === 0 || was === is) return [];
    if (is === UNKNOWN) return [cannotTell(change, [RESERVED])];
    return is === 0 ? [about(change, [RESERVED], true, "The function may not run any more")] : [];
  },
};
