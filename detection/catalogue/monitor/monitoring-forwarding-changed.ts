import type { Detection } from "../../definition/detection";

/** Calls that change what the stack set deploys, and where. */
const STACK_SET_CALLS = [
  ...["UpdateStackSet", "DeleteStackSet", "UpdateStackInstances", "DeleteStackInstances"],
  ...["StopStackSetOperation", "ImportStacksToStackSet"],
];

export const monitoringForwardingChanged: Detection = {
  id: "monitoring-forwarding-changed",
  title: "Forwarding of events to the monitor changed",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemovePermission.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStackInstances.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html",
  ],
  why: "Without the stack set and the event bus's policy, member accounts' events come minutes later, from log files.",
  falsePositives: "Without an organization, suppress PutPermission and RemovePermission.",
  runbook: {
    check: "Did a deployment do it? terraform plan shows the differences.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Restore it with terraform apply. For a member account, update the stack set's instances.",
  },
  services: "evaluated",
  deployers: "ignored",
  pattern: {
    source: ["aws.events", "aws.cloudformation"],
    detail: {
      $or: [
        {
          // The bus that all forwarders send to.
          eventSource: ["events.amazonaws.com"],
          eventName: ["PutPermission", "RemovePermission"],
          awsRegion: ["{{region}}"],
          recipientAccountId: ["{{account}}"],
          requestParameters: { eventBusName: ["default", { suffix: ":event-bus/default" }, { exists: false }] },
        },
        {
          eventSource: ["cloudformation.amazonaws.com"],
          eventName: STACK_SET_CALLS,
          // By name, name and id, or ARN.
          requestParameters: {
            stackSetName: [
              ...["{{prefix}}-members", { prefix: "{{prefix}}-members:" }],
              { wildcard: "*:stackset/{{prefix}}-members:*" },
            ],
          },
        },
        // Its members' copies of a stack set.
        {
          eventName: ["UpdateStack", "DeleteStack", "CreateChangeSet"],
          requestParameters: {
            stackName: [{ prefix: "StackSet-{{prefix}}-" }, { wildcard: "*:stack/StackSet-{{prefix}}-*" }],
          },
        },
      ],
    },
  },
};
