import type { Detection } from "../../definition/detection";

export const organizationLeft: Detection = {
  id: "organization-left",
  title: "Account left its AWS organization",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562", tactic: "Defense Evasion" },
  cis: ["4.15"],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.defense-evasion.organizations-leave/",
  ],
  why: "Outside its organization, an account has no service control policies, no organization trail and no delegated GuardDuty. Removing it is an early step of an account takeover.",
  runbook: {
    check: "Ask the caller. Is the account still a member?",
    command: "aws organizations describe-organization",
    contain:
      "If the account left, invite it back from the management account. Deny organizations:LeaveOrganization with a service control policy.",
    undo: {
      LeaveOrganization:
        "aws organizations invite-account-to-organization --target Id=<recipientAccountId>,Type=ACCOUNT",
    },
  },
  // Even if a service does it, the account's guardrails are gone.
  services: "evaluated",
  pattern: {
    source: ["aws.organizations"],
    detail: {
      eventSource: ["organizations.amazonaws.com"],
      eventName: ["LeaveOrganization"],
    },
  },
};
