import type { Detection } from "../../definition/detection";

export const monitoringMessagesChanged: Detection = {
  id: "monitoring-messages-changed",
  title: "Monitoring notification settings changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html",
    "https://docs.aws.amazon.com/sns/latest/dg/message-data-protection.html",
  ],
  why: "A data protection policy lets SNS drop or mask alerts and CloudTrail's notifications. A monthly spend limit of one dollar stops all SMS.",
  runbook: {
    check: "Did a deployment do it? requestParameters shows the attributes or policy that were set.",
    command: "aws sns get-sms-attributes --region <awsRegion>",
    contain:
      "Restore it with terraform apply (SMS attributes: aws sns set-sms-attributes --region <awsRegion> --attributes …). Remove the caller's permissions.",
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.sns"],
    detail: {
      eventSource: ["sns.amazonaws.com"],
      $or: [
        { eventName: ["SetSMSAttributes"] },
        {
          eventName: ["PutDataProtectionPolicy"],
          requestParameters: {
            resourceArn: [
              "{{deliveriesTopicArn}}",
              "{{alertsTopicArn}}",
              "{{urgentTopicArn}}",
              { suffix: ":{{prefix}}-chat" },
            ],
          },
        },
      ],
    },
  },
};
