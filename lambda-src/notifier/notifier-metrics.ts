import type { DeliveryTally } from "../../alerting/delivery/delivery-tally";

/**
 * An invocation's numbers in CloudWatch's embedded metric format, over all channels, to be merged into its closing log line. What is 0
 * makes no metric.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function notifierMetrics(namespace: string, { channels, incidents }: DeliveryTally, now: number): object {
  const counts: Record<string, number> = {};
  for (const channel of Object.values(channels)) {
    for (const [outcome, count] of Object.entries(channel)) {
      const name = `Channel${outcome.replace(/^./, (first) => first.toUpperCase())}`;
      counts[name] = (counts[name] ?? 0) + count;
    }
  }
  counts.IncidentsAcknowledged = incidents.acknowledged;
  counts.AlertsEscalated = incidents.escalated;
  const used = Object.entries(counts).filter(([, count]) => count > 0);
  if (used.length === 0) return {};
  const Metrics = used.map(([Name]) => ({ Name, Unit: "Count" }));
  return {
    _aws: { Timestamp: now, CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics }] },
    ...Object.fromEntries(used),
  };
}
