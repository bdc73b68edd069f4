import type { EventPattern } from "../pattern/pattern";
import type { Refinement } from "../refinements/refinement";

/** Every severity, the gravest first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** How soon somebody should look: critical wakes a person, low can wait for the morning. */
export type Severity = (typeof SEVERITIES)[number];

/** The severities from `minimum` upwards, the gravest first. */
export function severitiesFrom(minimum: Severity): readonly Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(minimum) + 1);
}

/** Whether an EventBridge rule looks for it; what has none is judged from log files alone. */
export function hasRule({ tier, path }: Detection): boolean {
  return tier === "alert" && path !== "log";
}

/**
 * What to look for in CloudTrail's records, and what to tell the person who is woken by it.
 *
 * Plain data (it is written as JSON into the function's zip): the same pattern becomes the EventBridge rule and is
 * matched by the function against the log files.
 */
export interface Detection {
  /** Kebab case; a contract with users' configuration, suppressions and dashboards. */
  readonly id: string;
  /** What happened, in a few words: the subject of the alert. */
  readonly title: string;
  readonly severity: Severity;
  /**
   * Only for those who ask for it: `cis`, what the CIS benchmark wants and few people want to read; `strict`, what is
   * noisy in many accounts. `own`: a user's, on whatever packs are asked for.
   *
   * @default - on for everybody, which is pack `default`
   */
  readonly pack?: "cis" | "strict" | "own";
  /** `alert`: told at once; `digest`: told in a periodic summary; `signal`: only counted. */
  readonly tier: "alert" | "digest" | "signal";
  /**
   * `both`: an EventBridge rule sees it within seconds, the log files see it for certain. `log`: the log files only,
   * because a rule would have to take in far more than it is worth.
   *
   * @default "both"
   */
  readonly path?: "both" | "log";
  /**
   * `topic`: the EventBridge rule tells the urgent topic itself, with no code between; the function publishes only what
   * it finds in log files.
   *
   * @default "function"
   */
  readonly route?: "function" | "topic";
  /**
   * Name of the EventBridge rule.
   *
   * @default `<name prefix>-<id>`
   */
  readonly ruleName?: string;
  /**
   * MITRE ATT&CK technique (such as `T1078.004`) and the tactic it serves here.
   *
   * @default - none, which only a user's own may have
   */
  readonly attack?: { readonly technique: string; readonly tactic: string };
  /**
   * Monitoring controls of the CIS AWS Foundations Benchmark that this covers, numbered as in versions 1.4 to 5.0: section 4.
   * Versions 6.0 and 7.0 call the same section 5.
   */
  readonly cis: readonly string[];
  /** Pages that say what the event looks like or why it matters. */
  readonly references: readonly string[];
  /** Why somebody should care, in one or two sentences. */
  readonly why: string;
  /**
   * Where it speaks up without cause, and what to do about that.
   *
   * @default - nothing is known that would
   */
  readonly noise?: string;
  /**
   * What to do next. Placeholders such as `<awsRegion>` and `<requestParameters.bucketName>` are filled in from the record
   * where it has them: see `fillIn` in `publish/runbook.ts`. How to stop the caller is added to each alert, made from the
   * record.
   */
  readonly runbook: {
    /** What to find out first. */
    readonly check: string;
    /** The command that shows it. */
    readonly command: string;
    /** How to take it back, should it be hostile. */
    readonly contain: string;
    /**
     * Commands that take back what the call did, in order, by the call's name (without the version that Lambda's have); `*`
     * for every other call. Alerts have them only where the call succeeded.
     *
     * @default - none
     */
    readonly undo?: Readonly<Record<string, string | readonly string[]>>;
    /**
     * `false` where the caller is not the one to be stopped.
     *
     * @default true
     */
    readonly stopCaller?: false;
  };
  /**
   * Alerts only when this many different events have come within an aligned window of event time, once per window. A window is
   * per caller, or per value of the record's fields that `by` names. One of severity critical alerts once more of each session and
   * outcome that reaches the threshold alone.
   *
   * @default - the first event alerts
   */
  readonly count?: { readonly threshold: number; readonly minutes: number; readonly by?: readonly string[] };
  /**
   * After an alert, what follows within the same window of event time is grouped into one summary. A window is per caller, or per
   * value of the record's fields (dotted paths) that `by` names; with severity critical per session and outcome besides.
   *
   * @default - 15 minutes, by caller: the role, user or service that called
   */
  readonly fold?: { readonly minutes?: number; readonly by?: readonly string[] };
  /**
   * What AWS's services do of their own accord, as identity type `AWSService` or with a service-linked role: `ignored`
   * is suppressed and counted, `judged` is told. Judge it where a service can be made to do harm in somebody's stead
   * (Auto Scaling starts the machines that an intruder asked for), or where nothing may happen unseen.
   *
   * @default "ignored", but for route `topic`, where nothing can be suppressed
   */
  readonly services?: "ignored" | "judged";
  /**
   * `ignored` for what those who deploy the monitor are there to do: told of anybody but the `deployers` that the
   * configuration declares.
   *
   * @default "judged"
   */
  readonly deployers?: "ignored" | "judged";
  /**
   * What EventBridge and the function look for; pins `source`, because anyone may send an event of another source.
   * Placeholders such as `{{bucket}}` stand for the monitor's own names, see `names.ts`.
   */
  readonly pattern: EventPattern;
  /**
   * What the function asks besides, of events that the pattern matches; all of it must hold. Not with route `topic`,
   * where EventBridge tells without asking.
   *
   * @default - what the pattern matches is a match
   */
  readonly refine?: readonly Refinement[];
}
