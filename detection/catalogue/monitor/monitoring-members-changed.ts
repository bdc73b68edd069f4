import type { Detection } from "../../definition/detection";

export const monitoringMembersChanged: Detection = {
  id: "monitoring-members-changed",
  title: "Monitoring of member accounts changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStackInstances.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html",
  ],
  why: "The StackSet deploys the forwarders of member accounts. Without them, alerts wait minutes for a log file.",
  runbook: {
    check:
      "Did a deployment do it? terraform plan shows the differences. Which accounts and regions still have the stack?",
    command:
      "aws cloudformation list-stack-instances --region <awsRegion> --stack-set-name <requestParameters.stackSetName>",
    contain: "Restore it with terraform apply. Remove the caller's permissions.",
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.cloudformation"],
    detail: {
      eventSource: ["cloudformation.amazonaws.com"],
      eventName: [
        "DeleteStackInstances",
        "DeleteStackSet",
        "ImportStacksToStackSet",
        "StopStackSetOperation",
        "UpdateStackInstances",
        "UpdateStackSet",
      ],
      // By name, or by the ID that begins with it.
      requestParameters: { stackSetName: ["{{prefix}}-members", { prefix: "{{prefix}}-members:" }] },
    },
  },
};
