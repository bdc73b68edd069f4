import type { Detection } from "../../definition/detection";

export const remoteCommand: Detection = {
  id: "remote-command",
  title: "Remote command or session on an instance, or an attempt at it",
  severity: "medium",
  // How many people administer their machines: at once, it would be told all day.
  tier: "digest",
  attack: { technique: "T1651", tactic: "Execution" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartSession.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.execution.ssm-send-command/",
  ],
  why: "Systems Manager runs commands as root on any machine that it manages. That is convenient for whoever has stolen a key, too.",
  runbook: {
    check:
      "Does the caller administer these machines, from this address, at this hour? CloudTrail hides the command itself; Run Command's history and the session's log have it.",
    command: "aws ssm list-commands --region <awsRegion> --max-items 20",
    contain: "Stop what runs, and take ssm:SendCommand and ssm:StartSession away from the caller.",
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
