import type { Detection } from "../../definition/detection";

export const guarddutyDisabled: Detection = {
  id: "guardduty-disabled",
  title: "GuardDuty disabled or members disassociated",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DeleteDetector.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/logging-using-cloudtrail.html",
  ],
  why: "Without its detector, GuardDuty finds nothing in this region. Deleting the detector also deletes its findings.",
  runbook: {
    check: "Does this region have a detector, and is it enabled? Ask the caller.",
    command:
      "aws guardduty list-detectors --region <awsRegion> --query 'DetectorIds[]' --output text | xargs -n 1 aws guardduty get-detector --region <awsRegion> --detector-id",
    contain:
      "Turn it on and add the members again (aws guardduty create-members, then invite-members, from the administrator account).",
    undo: {
      DeleteDetector: "aws guardduty create-detector --region <awsRegion> --enable",
      UpdateDetector:
        "aws guardduty update-detector --region <awsRegion> --detector-id <requestParameters.detectorId> --enable",
      StopMonitoringMembers:
        "aws guardduty start-monitoring-members --region <awsRegion> --detector-id <requestParameters.detectorId> --account-ids <requestParameters.accountIds>",
      DisassociateMembers:
        "aws guardduty invite-members --region <awsRegion> --detector-id <requestParameters.detectorId> --account-ids <requestParameters.accountIds>",
      DeleteMembers:
        "aws guardduty create-members --region <awsRegion> --detector-id <requestParameters.detectorId> --account-details AccountId=<requestParameters.accountIds>,Email=<email>",
      DisableOrganizationAdminAccount:
        "aws guardduty enable-organization-admin-account --region <awsRegion> --admin-account-id <requestParameters.adminAccountId>",
    },
  },
  // Even if a service turns it off, the account is no longer monitored.
  services: "evaluated",
  pattern: {
    source: ["aws.guardduty"],
    detail: {
      eventSource: ["guardduty.amazonaws.com"],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
      $or: [
        {
          eventName: [
            "DeleteDetector",
            "DeleteMembers",
            "DisassociateMembers",
            "DisassociateFromAdministratorAccount",
            "DisassociateFromMasterAccount",
            "StopMonitoringMembers",
            "DisableOrganizationAdminAccount",
          ],
        },
        { eventName: ["UpdateDetector"], requestParameters: { enable: [false] } },
      ],
    },
  },
};
