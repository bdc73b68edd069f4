import { about, cannotTell, numberOr, pair, switched } from "../judging/attribute";
import type { Change } from "../plan/plan";
import { UNKNOWN } from "../plan/values";
import type { Check, Finding } from "./check";

const ENABLED = "enable_key_rotation";
const PERIOD = "rotation_period_in_days";
/** What AWS takes where nothing is said. */
const days = numberOr(365);

export const keyRotation: Check = {
  id: "key-rotation",
  title: "A key that is rotated no more, or more seldom",
  why: "A key that never changes protects the more the longer somebody has had a copy of it; CIS asks for rotation: 3.8 (versions 1.4 to 2.0), 3.6 (versions 3.0 to 5.0), 4.6 (versions 6.0 and 7.0).",
  mend: "Leave `enable_key_rotation` on: rotation is free of work, old data stays readable.",
  looksAt: { aws_kms_key: [ENABLED, PERIOD] },
  judge: (change) => [...switched(change, [ENABLED], true, false, "The key is no longer rotated"), ...longer(change)],
};

function longer(change: Change): readonly Finding[] {
  const sides = pair(change);
  if (sides?.before[ENABLED] !== true || sides.after[ENABLED] !== true) return [];
  const [was, is] = [days(sides.before[PERIOD]), days(sides.after[PERIOD])];
  if (sides.after[PERIOD] === UNKNOWN && sides.before[PERIOD] !== undefined) return [cannotTell(change, [PERIOD])];
  return was !== undefined && is !== undefined && is > was
    ? [about(change, [PERIOD], true, "The key is rotated more seldom")]
    : [];
}
