import type { Tally } from "../../alerting/tally";

/** Values of one metric that a line may carry. Source: the specification below. */
const MAX_VALUES = 100;

/**
 * An invocation's numbers in CloudWatch's embedded metric format, to be merged into its closing log line.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * @param lagsMs milliseconds from event to alert, one per alert; of too many for a line, the longest are given
 */
export function embeddedMetrics(namespace: string, tally: Tally, lagsMs: readonly number[], now: number): object {
  const counts: Readonly<Record<string, number>> = {
    Objects: tally.objects.read,
    Records: tally.records.read,
    RecordsEvaluated: tally.records.evaluated,
    RecordProcessingErrors: tally.records.processingErrors,
    EventPathMissed: tally.reach.missed,
    EventPathMissedReadOnly: tally.reach.missedReadOnly,
    AccountsSilent: tally.reach.silent,
    ...Object.fromEntries(
      Object.entries(tally.matches).map(([outcome, count]) => [`Matches${capitalized(outcome)}`, count]),
    ),
  };
  // Most invocations match nothing: what is 0 makes no metric, and costs nothing.
  const used = Object.entries(counts).filter(([, count]) => count > 0);
  const lags = lagsMs
    .map((ms) => Math.max(0, ms) / 1000)
    .sort((a, b) => b - a)
    .slice(0, MAX_VALUES);
  const metrics = [
    ...used.map(([Name]) => ({ Name, Unit: "Count" })),
    ...(lags.length > 0 ? [{ Name: "AlertLag", Unit: "Seconds" }] : []),
  ];
  if (metrics.length === 0) return {};
  return {
    _aws: { Timestamp: now, CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics: metrics }] },
    ...Object.fromEntries(used),
    ...(lags.length > 0 && { AlertLag: lags }),
  };
}

function capitalized(name: string): string {
  return name.replace(/^./, (first) => first.toUpperCase());
}
