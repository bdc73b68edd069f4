import type { Detection } from "../../definition/detection";

/** Apart from the topics: with the longest names that topics may have, both would not fit into one pattern. */
export const monitoringSubscriptionsChanged: Detection = {
  id: "monitoring-subscriptions-changed",
  title: "Monitoring topic subscription changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html",
  ],
  why: "A subscriber, or the monitor itself, now gets fewer alerts or none. The unsubscribe link in a message needs no credentials and leaves no record: confirm subscriptions with AuthenticateOnUnsubscribe.",
  runbook: {
    check: "Whose subscription was it, and do they know? aws sns list-subscriptions shows the remaining ones.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Restore it with terraform apply.",
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.sns"],
    detail: {
      eventSource: ["sns.amazonaws.com"],
      eventName: ["Unsubscribe", "SetSubscriptionAttributes"],
      requestParameters: {
        subscriptionArn: [
          { prefix: "{{deliveriesTopicArn}}:" },
          { prefix: "{{alertsTopicArn}}:" },
          { prefix: "{{urgentTopicArn}}:" },
          { wildcard: "*:{{prefix}}-chat:*" },
        ],
      },
    },
  },
};
