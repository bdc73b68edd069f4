import { about, indeterminate, numberOr, pair, switched } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import type { Change } from "../plan/plan";
import { UNKNOWN } from "../plan/values";

const ENABLED = "enable_key_rotation";
const PERIOD = "rotation_period_in_days";
/** What AWS takes where nothing is said. */
const days = numberOr(365);

export const keyRotation: Check = {
  id: "key-rotation",
  title: "KMS key rotated less often or never",
  why: "The longer one key protects data, the more a leaked copy of it exposes. CIS requires rotation: 3.8 (versions 1.4 to 2.0), 3.6 (versions 3.0 to 5.0), 4.6 (versions 6.0 and 7.0).",
  remediation: "Keep `enable_key_rotation` on. Rotation is automatic, and old data stays readable.",
  looksAt: { aws_kms_key: [ENABLED, PERIOD] },
  evaluate: (change) => [
    ...switched(change, [ENABLED], true, false, "The key is no longer rotated"),
    ...longer(change),
  ],
};

function longer(change: Change): readonly Finding[] {
  const sides = pair(change);
  if (sides?.before[ENABLED] !== true || sides.after[ENABLED] !== true) return [];
  const [was, is] = [days(sides.before[PERIOD]), days(sides.after[PERIOD])];
  if (sides.after[PERIOD] === UNKNOWN && sides.before[PERIOD] !== undefined) return [indeterminate(change, [PERIOD])];
  return was !== undefined && is !== undefined && is > was
    ? [about(change, [PERIOD], true, "The key is rotated less often")]
    : [];
}
