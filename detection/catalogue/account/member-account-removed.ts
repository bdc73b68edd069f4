import type { Detection } from "../../definition/detection";

export const memberAccountRemoved: Detection = {
  id: "member-account-removed",
  title: "Member account removed or closed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1531", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html",
  ],
  why: "A removed account has no service control policies and no organization trail, so nothing in it alerts. AWS deletes a closed account and its data after 90 days.",
  runbook: {
    check: "Was it planned? Ask the account's owner and the caller.",
    command: "aws organizations describe-account --account-id <requestParameters.accountId>",
    contain:
      "Invite a removed account back from the management account. Only AWS Support can reopen a closed one, within 90 days.",
    undo: {
      RemoveAccountFromOrganization:
        "aws organizations invite-account-to-organization --target Id=<requestParameters.accountId>,Type=ACCOUNT",
    },
  },
  pattern: {
    source: ["aws.organizations"],
    detail: {
      eventSource: ["organizations.amazonaws.com"],
      eventName: ["RemoveAccountFromOrganization", "CloseAccount"],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
