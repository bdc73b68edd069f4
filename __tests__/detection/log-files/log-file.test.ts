import { describe, expect, test } from "@jest/globals";
import { isLogFileKey } from "../../../detection/log-files/log-file";

describe("isLogFileKey", () => {
  test.each([
    "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/111122223333_CloudTrail_us-east-1_20261120T0220Z_abc.json.gz",
    "AWSLogs/o-exampleorg/111122223333/CloudTrail/eu-west-1/2026/11/20/x.json.gz",
    "AWSLogs/111122223333/CloudTrail-NetworkActivity/us-east-1/2026/11/20/x.json.gz",
    "some/prefix/AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/x.json.gz",
  ])("takes the log file %s", (key) => {
    expect(isLogFileKey(key)).toBe(true);
  });

  test.each([
    "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/20/111122223333_CloudTrail-Digest_us-east-1_x.json.gz",
    "AWSLogs/111122223333/CloudTrail-Insight/us-east-1/2026/11/20/x.json.gz",
    "AWSLogs/111122223333/CloudTrail-Aggregated/us-east-1/2026/11/20/x.json.gz",
    "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/x.json",
    "AWSLogs/111122223333/elasticloadbalancing/us-east-1/2026/11/20/x.log.gz",
    "AWSLogs/111122223333/Config/us-east-1/2026/11/20/x.json.gz",
    "",
  ])("passes over %s", (key) => {
    expect(isLogFileKey(key)).toBe(false);
  });
});
