import type { Detection } from "../../definition/detection";

export const monitoringTopicsChanged: Detection = {
  id: "monitoring-topics-changed",
  title: "Monitoring topic changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html",
  ],
  why: "The topics carry log file notifications to the monitor and alerts to subscribers. A changed topic can deliver nothing, or deliver alerts to an intruder.",
  runbook: {
    check: "Did a deployment do it? For a new subscription: whose address is it, and should it get alerts?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Restore it with terraform apply.",
    undo: {
      Subscribe: [
        "aws sns list-subscriptions-by-topic --region <awsRegion> --topic-arn <requestParameters.topicArn>",
        "aws sns unsubscribe --region <awsRegion> --subscription-arn <responseElements.subscriptionArn>",
      ],
      AddPermission:
        "aws sns remove-permission --region <awsRegion> --topic-arn <requestParameters.topicArn> --label <requestParameters.label>",
    },
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.sns"],
    detail: {
      eventSource: ["sns.amazonaws.com"],
      eventName: ["DeleteTopic", "SetTopicAttributes", "AddPermission", "RemovePermission", "Subscribe"],
      requestParameters: {
        topicArn: [
          "{{deliveriesTopicArn}}",
          "{{alertsTopicArn}}",
          "{{urgentTopicArn}}",
          { suffix: ":{{prefix}}-chat" },
        ],
      },
    },
  },
};
