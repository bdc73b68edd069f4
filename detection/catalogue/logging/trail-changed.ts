import type { Detection } from "../../definition/detection";

export const trailChanged: Detection = {
  id: "trail-changed",
  title: "CloudTrail configuration changed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: ["4.5"],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.defense-evasion.cloudtrail-event-selectors/",
  ],
  why: "A trail that skips events or regions, or delivers to another bucket, hides calls. Few notice, because the trail still runs.",
  runbook: {
    check:
      "Did a deployment do it? The trail should record every management event, read and write, of all regions, to your own bucket.",
    command:
      "aws cloudtrail get-trail --region <awsRegion> --name <requestParameters.name|requestParameters.trailName> && aws cloudtrail get-event-selectors --region <awsRegion> --trail-name <requestParameters.trailName|requestParameters.name>",
    contain: "Restore the trail's settings (terraform apply if managed in code).",
  },
  // Alerts also if a service narrows what is recorded.
  services: "evaluated",
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
