import { narrowing } from "../../detection/pattern/analysis/subset";
import { about, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { forwardedLess, passedOnByOthers } from "../evaluation/passed-on";
import { code } from "../plan/escape";
import { isEmpty, parsed, UNKNOWN } from "../plan/values";

const PATTERN = "event_pattern";

export const rulePattern: Check = {
  id: "rule-pattern",
  title: "Rule matches fewer events",
  why: "Events that only the old pattern matches no longer cause alerts, and no error shows that.",
  remediation:
    "Let the new pattern match everything that the old one matched. Compare both on your own log files (`npm run replay -- --compare`). If you mean to match fewer events, accept the violation with a reason.",
  looksAt: { aws_cloudwatch_event_rule: [PATTERN, "schedule_expression"] },
  limits:
    "Indeterminate: patterns that cannot be compared; another `schedule_expression`. A forwarder may drop what no rule of its event bus needs after the plan, if the plan has the bus's rules.",
  evaluate: (change, context) => {
    const sides = pair(change);
    if (!sides) return [];
    const { before, after } = sides;
    if (isEmpty(before[PATTERN])) {
      const [was, is] = [before.schedule_expression, after.schedule_expression];
      if (isEmpty(was) || was === is) return [];
      return [about(change, ["schedule_expression"], isEmpty(is), "The schedule that starts the monitoring changes")];
    }
    if (before[PATTERN] === after[PATTERN]) return [];
    if (after[PATTERN] === UNKNOWN) return [indeterminate(change, [PATTERN])];
    const [was, is] = [parsed(before[PATTERN]), parsed(after[PATTERN])];
    if (isEmpty(is)) return [about(change, [PATTERN], true, "The rule no longer matches any events")];
    const alone = narrowing(was, is);
    // The bus may not need what a forwarder no longer passes on, or another one of its region passes it on.
    const verdict = alone.narrows === "no" ? alone : passedOnByOthers(change, alone, context);
    if (verdict.narrows === "no") return [];
    const forwarder = context.forwarders.get(change.address);
    const where = forwarder ? forwardedLess(forwarder, context) : "";
    return verdict.narrows === "yes"
      ? [
          about(
            change,
            [PATTERN],
            true,
            change.isSensitive([PATTERN])
              ? `The rule no longer matches everything that it matched${where}`
              : `The rule no longer matches, for example, ${code(JSON.stringify(verdict.lost))}${where}`,
          ),
        ]
      : [about(change, [PATTERN], false, `The new pattern may match fewer events${where}`)];
  },
};
