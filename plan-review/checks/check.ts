import type { Estate } from "../judging/estate";
import type { Change } from "../plan/plan";

/** One thing that blinds a monitor, and how to see in a plan that it is about to happen. */
export interface Check {
  /** Stands behind `#` in a refusal's id; a contract with those who accept refusals. */
  readonly id: string;
  /** What it refuses, such as `A trail that stops logging`. */
  readonly title: string;
  /** Why that makes blind. */
  readonly why: string;
  /** What to do instead. */
  readonly mend: string;
  /** Attributes that it looks at, by resource type. */
  readonly looksAt: Readonly<Record<string, readonly string[]>>;
  /** What it makes of values that are known after apply only, where it isn't "cannot tell". */
  readonly unknown?: string;
  /** Asked for every change of these types that belongs to the monitoring. */
  readonly judge: (change: Change, estate: Estate) => readonly Finding[];
}

/** Something that a check found. */
export interface Finding {
  /** False when it may weaken the monitoring, but the plan doesn't say enough to tell. */
  readonly weakens: boolean;
  /** In the monitor's own words; nothing from the plan is in it. */
  readonly what: string;
  /** The attribute by which it is seen, and what it was and becomes, as people may read it. */
  readonly attribute?: string;
  readonly before?: string;
  readonly after?: string;
}
