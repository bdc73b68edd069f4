import type { Detection } from "../../definition/detection";

export const billingTransferred: Detection = {
  id: "billing-transferred",
  title: "Billing transfer with another organization",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1657", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteOrganizationToTransferResponsibility.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_TerminateResponsibilityTransfer.html",
  ],
  why: "In a billing transfer one organization pays for another and sees what it costs. An intruder can make you pay for their accounts, or hide what yours cost.",
  runbook: {
    check: "Which organization is the other one? Did your finance team or reseller agree to it?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain:
      "Cancel an invitation. End an accepted transfer from the management account (aws organizations list-outbound-responsibility-transfers --type BILLING shows it).",
    undo: {
      InviteOrganizationToTransferResponsibility:
        "aws organizations cancel-handshake --handshake-id <responseElements.handshake.id>",
    },
  },
  pattern: {
    source: ["aws.organizations"],
    detail: {
      eventSource: ["organizations.amazonaws.com"],
      $or: [
        {
          eventName: ["InviteOrganizationToTransferResponsibility", "TerminateResponsibilityTransfer"],
          errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
        },
        // A refused one doesn't say what it would have accepted.
        {
          eventName: ["AcceptHandshake"],
          responseElements: { handshake: { action: ["TRANSFER_RESPONSIBILITY"] } },
        },
      ],
    },
  },
};
