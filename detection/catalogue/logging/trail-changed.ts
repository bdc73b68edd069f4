import type { Detection } from "../../definition/detection";

export const trailChanged: Detection = {
  id: "trail-changed",
  title: "What CloudTrail records or where to was changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.5"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.defense-evasion.cloudtrail-event-selectors/",
  ],
  why: "A trail that goes on but leaves out events, regions or its bucket blinds you more quietly than one that is stopped. Few people ever change a trail.",
  runbook: {
    check:
      "Did a deployment do it? See what the trail records now: every management event, read and written, of all regions, to your own bucket.",
    command:
      "aws cloudtrail get-trail --region <awsRegion> --name <requestParameters.name|requestParameters.trailName> && aws cloudtrail get-event-selectors --region <awsRegion> --trail-name <requestParameters.trailName|requestParameters.name>",
    contain: "Take the trail back to what it was (terraform apply, where it is in code).",
  },
  // A service that narrows what is recorded is told of as well.
  services: "judged",
  pattern: {
    source: ["aws.cloudtrail"],
    detail: {
      eventSource: ["cloudtrail.amazonaws.com"],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
      $or: [
        { eventName: ["UpdateTrail"] },
        {
          eventName: ["PutEventSelectors"],
          requestParameters: { eventSelectors: { includeManagementEvents: [false] } },
        },
        {
          // Selectors that are for data events alone may well take only reads or writes.
          eventName: ["PutEventSelectors"],
          requestParameters: {
            eventSelectors: { includeManagementEvents: [true], readWriteType: ["ReadOnly", "WriteOnly"] },
          },
        },
        {
          // The only two that AWS lets one leave out.
          eventName: ["PutEventSelectors"],
          requestParameters: {
            eventSelectors: { excludeManagementEventSources: ["kms.amazonaws.com", "rdsdata.amazonaws.com"] },
          },
        },
        {
          // A pattern can't say that none of several selectors takes management events: any change of them counts.
          eventName: ["PutEventSelectors"],
          requestParameters: { advancedEventSelectors: { fieldSelectors: { field: ["eventCategory"] } } },
        },
        {
          // An empty list, which turns Insights off.
          eventName: ["PutInsightSelectors"],
          requestParameters: { insightSelectors: { insightType: [{ exists: false }] } },
        },
      ],
    },
  },
};
