import type { Detection } from "../../definition/detection";

export const monitoringMessagesChanged: Detection = {
  id: "monitoring-messages-changed",
  title: "Delivery of the monitor's messages changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html",
    "https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html",
    "https://docs.aws.amazon.com/sns/latest/dg/message-data-protection.html",
  ],
  why: "A data protection policy lets SNS drop or mask alerts and CloudTrail's notices; a monthly spend limit of a dollar stops SMS to everyone.",
  runbook: {
    check: "Was the monitor being deployed? If not, see which attributes or which policy were set (requestParameters).",
    command: "aws sns get-sms-attributes --region <awsRegion>",
    contain:
      "Put it back with terraform apply (SMS attributes: aws sns set-sms-attributes --region <awsRegion> --attributes …), and take the caller's permissions away.",
  },
  services: "judged",
  deployers: "ignored",
  pattern: {
    source: ["aws.sns"],
    detail: {
      eventSource: ["sns.amazonaws.com"],
      $or: [
        { eventName: ["SetSMSAttributes"] },
        {
          eventName: ["PutDataProtectionPolicy"],
          requestParameters: { resourceArn: ["{{deliveriesTopicArn}}", "{{alertsTopicArn}}", "{{urgentTopicArn}}"] },
        },
      ],
    },
  },
};
