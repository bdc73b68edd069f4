import { about, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { UNKNOWN } from "../plan/values";

const RESERVED = "reserved_concurrent_executions";

export const functionStopped: Check = {
  id: "function-stopped",
  title: "Function cannot run",
  why: "With a reserved concurrency of zero, Lambda rejects every invocation. No event is evaluated, and no alert is sent.",
  remediation: "Keep `reserved_concurrent_executions` above zero, or at -1 for no limit.",
  looksAt: { aws_lambda_function: [RESERVED] },
  evaluate: (change) => {
    const sides = pair(change);
    const [was, is] = [sides?.before[RESERVED], sides?.after[RESERVED]];
    if (!sides || was === 0 || was === is) return [];
    if (is === UNKNOWN) return [indeterminate(change, [RESERVED])];
    return is === 0 ? [about(change, [RESERVED], true, "The function can no longer run")] : [];
  },
};
