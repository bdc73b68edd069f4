import type { Detection } from "./detection";

export const guarddutyDisabled: Detection = {
  id: "guardduty-disabled",
  title: "GuardDuty turned off or cut off from its administrator, or an attempt at it",
  severity: "critical",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DeleteDetector.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/logging-using-cloudtrail.html",
  ],
  why: "Without its detector GuardDuty finds nothing in this region, and with the detector its earlier findings are gone. Nobody turns it off in passing.",
  runbook: {
    check: "Is there a detector in this region, and is it enabled? Ask the caller.",
    command:
      "aws guardduty list-detectors --region <awsRegion> --query 'DetectorIds[]' --output text | xargs -n 1 aws guardduty get-detector --region <awsRegion> --detector-id",
    contain:
      "Turn it on again (aws guardduty create-detector --region <awsRegion> --enable), add the members again, and take the caller's permissions away.",
  },
  // Whoever turns it off, a service included, leaves the account unwatched.
  services: "judged",
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
