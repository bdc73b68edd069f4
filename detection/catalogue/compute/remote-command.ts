import type { Detection } from "../../definition/detection";

export const remoteCommand: Detection = {
  id: "remote-command",
  title: "SSM command or session started",
  severity: "medium",
  // Many people administer their instances this way: immediate alerts would come all day.
  tier: "digest",
  attack: { technique: "T1651", tactic: "Execution" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartSession.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.execution.ssm-send-command/",
  ],
  why: "Systems Manager runs commands as root on every instance that it manages, also for an intruder with a stolen key.",
  runbook: {
    check:
      "Does the caller administer these instances, from this address, at this hour? CloudTrail hides the command: Run Command's history and the session's log show it.",
    command: "aws ssm list-commands --region <awsRegion> --max-items 20",
    contain: "Stop the command or session, and remove ssm:SendCommand and ssm:StartSession from the caller.",
    undo: {
      SendCommand: "aws ssm cancel-command --region <awsRegion> --command-id <responseElements.command.commandId>",
      StartSession: "aws ssm terminate-session --region <awsRegion> --session-id <responseElements.sessionId>",
    },
  },
  pattern: {
    source: ["aws.ssm"],
    detail: { eventSource: ["ssm.amazonaws.com"], eventName: ["SendCommand", "StartSession"] },
  },
};
