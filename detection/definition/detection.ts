import type { EventPattern } from "../pattern/pattern";
import type { Refinement } from "../refinements/refinement";

/** Every severity, most severe first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** How soon to react: critical at once, high within the hour, medium today, low on the next working day. */
export type Severity = (typeof SEVERITIES)[number];

/** The severities from `minimum` up, most severe first. */
export function severitiesFrom(minimum: Severity): readonly Severity[] {
  return SEVERITIES.slice(0, SEVERITIES.indexOf(minimum) + 1);
}

export function isMoreSevere(severity: Severity, than: Severity): boolean {
  return SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(than);
}

/** The most severe of some; `low` of none. */
export function mostSevere(severities: Iterable<string>): Severity {
  const held = new Set(severities);
  return SEVERITIES.find((severity) => held.has(severity)) ?? "low";
}

/** Whether the detection has an EventBridge rule; others match in log files only. */
export function hasRule({ tier, path }: Pick<Detection, "tier" | "path">): boolean {
  return tier === "alert" && path !== "log";
}

/**
 * Which CloudTrail records to match, and what the alert says.
 *
 * Plain data (written as JSON into the function's zip). The EventBridge rule and the function, which reads the log files,
 * use the same pattern.
 */
export interface Detection {
  /** Kebab case; a contract with users' configuration, suppressions and dashboards. */
  readonly id: string;
  /** What happened, unique and in at most 60 characters: it goes into the alert's subject. */
  readonly title: string;
  readonly severity: Severity;
  /**
   * Enabled only on request: `cis`, required by the CIS benchmark and rarely read; `strict`, noisy in many accounts.
   * `own`: a custom detection, enabled with any pack.
   *
   * @default - pack `default`, always enabled
   */
  readonly pack?: "cis" | "strict" | "own";
  /** `alert`: alerts at once; `digest`: a line of the daily digest; `signal`: only counted. */
  readonly tier: "alert" | "digest" | "signal";
  /**
   * `both`: an EventBridge rule matches within seconds, and the log files catch what it misses. `log`: the log files only,
   * because a rule would receive too many events.
   *
   * @default "both"
   */
  readonly path?: "both" | "log";
  /**
   * `topic`: the EventBridge rule publishes to the urgent topic directly, without the function, which publishes only what
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
   * MITRE ATT&CK technique (such as `T1078.004`) and its tactic here.
   *
   * @default - none, allowed for custom detections only
   */
  readonly attack?: { readonly technique: string; readonly tactic: string };
  /**
   * Monitoring controls of the CIS AWS Foundations Benchmark that it covers, numbered as in versions 1.4 to 5.0: section 4.
   * Versions 6.0 and 7.0 call the same section 5.
   */
  readonly cis: readonly string[];
  /** Pages about the event or the attack. */
  readonly references: readonly string[];
  /** Why it matters, in one to three short sentences. */
  readonly why: string;
  /**
   * Known false positives, and how to suppress them.
   *
   * @default - none known
   */
  readonly falsePositives?: string;
  /**
   * What to do. Placeholders such as `<awsRegion>` and `<requestParameters.bucketName>` are filled in from the record
   * if it has them: see `fillIn` in `publish/runbook.ts`. Each alert adds how to stop its caller.
   */
  readonly runbook: {
    /** What to check first. */
    readonly check: string;
    /** The command that shows it. */
    readonly command: string;
    /** How to contain it if it was not intended. */
    readonly contain: string;
    /**
     * Commands that undo the call, in order, by the call's name (without Lambda's version suffix); `*` for every other
     * call. Alerts have them only if the call succeeded.
     *
     * @default - none
     */
    readonly undo?: Readonly<Record<string, string | readonly string[]>>;
    /**
     * `false` if the caller is not the one to stop.
     *
     * @default true
     */
    readonly stopCaller?: false;
  };
  /**
   * Alerts only when this many different events occur within an aligned window of event time, once per window. A window is
   * per caller, or per value of the record's fields in `by`. A critical detection also alerts once for each session and
   * outcome that reaches the threshold alone.
   *
   * @default - the first event alerts
   */
  readonly count?: { readonly threshold: number; readonly minutes: number; readonly by?: readonly string[] };
  /**
   * After an alert, later events in the same window of event time are grouped into one summary. A window is per caller, or per
   * value of the record's fields (dotted paths) in `by`; for a critical detection also per session and outcome.
   *
   * @default - 15 minutes, by caller: the role, user or service
   */
  readonly group?: { readonly minutes?: number; readonly by?: readonly string[] };
  /**
   * Calls by AWS services themselves, with identity type `AWSService` or a service-linked role: `ignored` suppresses and
   * counts them, `evaluated` alerts. Use `evaluated` if an intruder can make a service do harm (Auto Scaling starts the requested
   * instances), or if every call matters.
   *
   * @default "ignored", but for route `topic`, where nothing can be suppressed
   */
  readonly services?: "ignored" | "evaluated";
  /**
   * `ignored` if deploying the monitor causes it: suppresses calls by the configuration's `deployers`.
   *
   * @default "evaluated"
   */
  readonly deployers?: "ignored" | "evaluated";
  /**
   * What EventBridge and the function match. It pins `source`, because anyone may send events with another source.
   * Placeholders such as `{{bucket}}` stand for the monitor's own names, see `names.ts`.
   */
  readonly pattern: EventPattern;
  /**
   * Further conditions that the function checks on events that the pattern matches; all must hold. Not allowed with route
   * `topic`, because EventBridge publishes without the function.
   *
   * @default - none
   */
  readonly refine?: readonly Refinement[];
}
