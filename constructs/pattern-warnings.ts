import { type Detection, hasRule } from "../lambda-src/detections/detection";
import { complexityOf, MAX_COMPLEXITY } from "../lambda-src/engine/complexity";
import { lintPattern } from "../lambda-src/engine/lint";

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
