import { type Detection, hasRule } from "../../detection/definition/detection";
import { complexityOf, MAX_COMPLEXITY } from "../../detection/pattern/analysis/complexity";
import { lintPattern } from "../../detection/pattern/analysis/lint";

/**
 * What EventBridge may refuse or judge otherwise than meant.
 *
 * @throws PatternError when EventBridge would not take the pattern at all
 */
export function patternWarnings(detection: Detection): readonly string[] {
  const { id, pattern } = detection;
  const problems = lintPattern(pattern).map((problem) => `pattern of detection "${id}" ${problem}`);
  if (!hasRule(detection) || complexityOf(pattern) <= MAX_COMPLEXITY) return problems;
  return [
    ...problems,
    `pattern of detection "${id}" has wildcards that EventBridge may refuse as too complex: use fewer *, or prefix and suffix instead`,
  ];
}
