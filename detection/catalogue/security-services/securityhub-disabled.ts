import type { Detection } from "../../definition/detection";

export const securityhubDisabled: Detection = {
  id: "securityhub-disabled",
  title: "Security Hub disabled in part or completely",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  // CIS 4.16 asks that Security Hub is on.
  cis: ["4.16"],
  references: [
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DisableSecurityHub.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchDisableStandards.html",
  ],
  why: "Findings of GuardDuty, Config and others are no longer collected in one place. A disabled standard checks nothing.",
  runbook: {
    check: "Is Security Hub on in this region, and with which standards and members?",
    command: "aws securityhub get-enabled-standards --region <awsRegion>",
    contain: "Turn it on again, with its standards (aws securityhub batch-enable-standards) and members.",
    undo: {
      DisableSecurityHub: "aws securityhub enable-security-hub --region <awsRegion>",
      DisableSecurityHubV2: "aws securityhub enable-security-hub-v2 --region <awsRegion>",
      DisableOrganizationAdminAccount:
        "aws securityhub enable-organization-admin-account --region <awsRegion> --admin-account-id <requestParameters.AdminAccountId|requestParameters.adminAccountId>",
    },
  },
  // Even if a service turns it off, findings stay unseen.
  services: "evaluated",
  pattern: {
    source: ["aws.securityhub"],
    detail: {
      eventSource: ["securityhub.amazonaws.com"],
      // Not DeleteInsight: an insight is a saved query, no finding goes with it.
      eventName: [
        "DisableSecurityHub",
        "DisableSecurityHubV2",
        "BatchDisableStandards",
        "DisableImportFindingsForProduct",
        "DeleteMembers",
        "DisassociateMembers",
        "DisassociateFromAdministratorAccount",
        "DisassociateFromMasterAccount",
        "DisableOrganizationAdminAccount",
      ],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
