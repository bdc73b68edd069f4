import { describe, expect, test } from "@jest/globals";
import { changed, valuesOf } from "../plans";
import { ACCOUNT, outcome } from "./outcome";

const TRAIL = "module.audit.aws_cloudtrail.main";
const trail = valuesOf(TRAIL);

describe("a trail", () => {
  test.each([
    ["another log group", { cloud_watch_logs_group_arn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:other:*` }],
    ["another topic", { sns_topic_name: "other" }],
    ["another prefix", { s3_key_prefix: "elsewhere" }],
  ])("that delivers to %s is refused", (_, after) => {
    expect(outcome(changed(TRAIL, after)).refused).toEqual([`${TRAIL}#trail-destination`]);
  });

  test.each([
    ["its log group's ARN", { cloud_watch_logs_group_arn: String(trail.cloud_watch_logs_group_arn).replace(":*", "") }],
    ["its topic by ARN", { sns_topic_name: `arn:aws:sns:us-east-1:${ACCOUNT}:deliveries` }],
    ["no prefix in another spelling", { s3_key_prefix: "" }],
  ])("that only writes %s otherwise is fine", (_, after) => {
    expect(outcome(changed(TRAIL, after))).toEqual({ refused: [], indeterminate: [] });
  });

  test.each([
    ["insights", { insight_selector: [{ insight_type: "ApiCallRateInsight" }] }, { insight_selector: [] }],
    [
      "data events",
      {
        event_selector: [
          {
            read_write_type: "All",
            include_management_events: true,
            data_resource: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
          },
        ],
      },
      { event_selector: [] },
    ],
  ])("that no longer records %s is refused", (_, before, after) => {
    expect(outcome(changed(TRAIL, after, before)).refused).toEqual([`${TRAIL}#trail-selectors`]);
  });
});
