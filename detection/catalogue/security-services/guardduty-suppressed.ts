import type { Detection } from "../../definition/detection";

export const guarddutySuppressed: Detection = {
  id: "guardduty-suppressed",
  title: "GuardDuty suppression rule or trusted list changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateIPSet.html",
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html",
  ],
  why: "GuardDuty reports nothing about trusted addresses and archives findings that a suppression rule matches. One entry is enough to hide an intruder.",
  runbook: {
    check: "Which addresses or findings are now ignored, and who requested it?",
    command:
      "aws guardduty list-filters --region <awsRegion> --detector-id <requestParameters.detectorId> && aws guardduty list-ip-sets --region <awsRegion> --detector-id <requestParameters.detectorId>",
    contain: "Delete the list or rule. Review the findings archived since then.",
    undo: {
      CreateIPSet:
        "aws guardduty delete-ip-set --region <awsRegion> --detector-id <requestParameters.detectorId> --ip-set-id <responseElements.ipSetId>",
      UpdateIPSet:
        "aws guardduty update-ip-set --region <awsRegion> --detector-id <requestParameters.detectorId> --ip-set-id <requestParameters.ipSetId> --no-activate",
      CreateTrustedEntitySet:
        "aws guardduty delete-trusted-entity-set --region <awsRegion> --detector-id <requestParameters.detectorId> --trusted-entity-set-id <responseElements.trustedEntitySetId>",
      UpdateTrustedEntitySet:
        "aws guardduty update-trusted-entity-set --region <awsRegion> --detector-id <requestParameters.detectorId> --trusted-entity-set-id <requestParameters.trustedEntitySetId> --no-activate",
      CreateFilter:
        "aws guardduty delete-filter --region <awsRegion> --detector-id <requestParameters.detectorId> --filter-name <requestParameters.name>",
      UpdateFilter:
        "aws guardduty update-filter --region <awsRegion> --detector-id <requestParameters.detectorId> --filter-name <requestParameters.filterName> --action NOOP",
    },
  },
  // Even if a service suppresses findings, they stay unseen.
  services: "evaluated",
  pattern: {
    source: ["aws.guardduty"],
    detail: {
      eventSource: ["guardduty.amazonaws.com"],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
      $or: [
        { eventName: ["CreateIPSet", "UpdateIPSet", "CreateTrustedEntitySet", "UpdateTrustedEntitySet"] },
        { eventName: ["CreateFilter", "UpdateFilter"], requestParameters: { action: ["ARCHIVE"] } },
      ],
    },
  },
};
