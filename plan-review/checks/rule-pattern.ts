import { narrowing } from "../../detection/pattern/analysis/subset";
import { code } from "../escape";
import { about, cannotTell, pair } from "../judging/attribute";
import { isEmpty, parsed, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

const PATTERN = "event_pattern";

export const rulePattern: Check = {
  id: "rule-pattern",
  title: "A rule that matches less than before",
  why: "Events that the pattern matched go past it from now on. Nobody sees from a quiet topic that a rule has become narrower.",
  mend: "Let the new pattern match all that the old one did; compare them with your own log files (`npm run replay -- --compare`). If fewer events are meant, accept it with the reason.",
  looksAt: { aws_cloudwatch_event_rule: [PATTERN, "schedule_expression"] },
  unknown:
    "cannot tell; patterns of which it can't be decided whether the new one matches all that the old one did, likewise",
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const { before, after } = sides;
    if (isEmpty(before[PATTERN])) {
      const [was, is] = [before.schedule_expression, after.schedule_expression];
      if (isEmpty(was) || was === is) return [];
      return [about(change, ["schedule_expression"], isEmpty(is), "The clock that wakes the monitor changes")];
    }
    if (before[PATTERN] === after[PATTERN]) return [];
    if (after[PATTERN] === UNKNOWN) return [cannotTell(change, [PATTERN])];
    const [was, is] = [parsed(before[PATTERN]), parsed(after[PATTERN])];
    if (isEmpty(is)) return [about(change, [PATTERN], true, "The rule matches no events any more")];
    const verdict = narrowing(was, is);
    if (verdict.narrows === "no") return [];
    return verdict.narrows === "yes"
      ? [
          about(
            change,
            [PATTERN],
            true,
            change.isSensitive([PATTERN])
              ? "The rule no longer matches all that it matched"
              : `The rule no longer matches ${code(JSON.stringify(verdict.lost))}, for example`,
          ),
        ]
      : [about(change, [PATTERN], false, `Whether the new pattern matches all that the old one did can't be decided`)];
  },
};
