import type { Change } from "../plan/plan";
import type { PlanContext } from "./context";

/** One way in which a plan can weaken the monitoring, and how to recognize it. */
export interface Check {
  /** Part of a violation's id, after `#`: a contract with users who accept violations. */
  readonly id: string;
  /** What it refuses, such as `Trail stops logging`. */
  readonly title: string;
  /** Why that weakens the monitoring. */
  readonly why: string;
  /** How to fix a violation. */
  readonly remediation: string;
  /** Attributes that it evaluates, by resource type. */
  readonly looksAt: Readonly<Record<string, readonly string[]>>;
  /** What is indeterminate besides values known only after apply, and what passes. */
  readonly limits?: string;
  /** Called for every change of these types that belongs to the monitoring. */
  readonly evaluate: (change: Change, context: PlanContext) => readonly Finding[];
}

/** One result of a check: what changes, and whether that weakens the monitoring. */
export interface Finding {
  /** False when the result is indeterminate: it may weaken the monitoring, but the plan doesn't say enough. */
  readonly weakens: boolean;
  /** A sentence of ours; values from the plan stand in it only as code. */
  readonly what: string;
  /** The attribute that changes, and its values before and after, as they may be shown. */
  readonly attribute?: string;
  readonly before?: string;
  readonly after?: string;
}
