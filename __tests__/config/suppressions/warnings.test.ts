import { describe, expect, test } from "@jest/globals";
import { checkConfig, type GivenConfig } from "../../../config/check";
import { suppressionWarnings } from "../../../config/suppressions/warnings";
import { catalogue } from "../../../detection/catalogue/catalogue";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const SOUND = {
  id: "nightly-clean-up",
  detections: "*",
  owner: "ops@example.com",
  reason: "known",
  expires: "2026-12-31",
} as const;

function warned(...suppressions: readonly object[]): readonly string[] {
  const { config } = checkConfig(
    { suppressions } as GivenConfig,
    catalogue.map(({ id }) => id),
  );
  return suppressionWarnings(config.suppressions, NOW);
}

const withPattern = (pattern: object) => warned({ ...SOUND, pattern });

const CALL = "AWS API Call via CloudTrail";

describe("a suppression of every event is warned of", () => {
  test.each<object>([
    { source: [{ prefix: "" }] },
    { source: [{ prefix: "aws." }] },
    { source: [{ wildcard: "*" }] },
    { source: [{ exists: true }] },
    { account: ["{{account}}"] },
    { region: ["us-east-1"] },
    { "detail-type": [CALL] },
    { detail: { eventSource: [{ suffix: ".amazonaws.com" }] } },
    { detail: { eventName: [{ exists: true }] } },
    { detail: { eventName: [{ "anything-but": ["DeleteTrail"] }] } },
    { detail: { errorCode: [{ exists: false }] } },
    { detail: { readOnly: [true], managementEvent: [true] } },
    { detail: { userIdentity: { type: ["AssumedRole"] } } },
    { detail: { sourceIPAddress: [{ cidr: "0.0.0.0/0" }] } },
    { $or: [{ detail: { eventName: ["DeleteTable"] } }, { source: [{ prefix: "aws." }] }] },
    { source: [{ prefix: { "equals-ignore-case": "AWS." } }] },
    { detail: { eventSource: [{ wildcard: "*amazonaws*" }] } },
    { detail: { userIdentity: { arn: [{ prefix: "arn:aws" }] } } },
    { detail: { userIdentity: { arn: [{ wildcard: "arn:aws:*" }] } } },
    { detail: { userIdentity: { principalId: [{ prefix: "AROA" }] } } },
    { detail: { userIdentity: { accessKeyId: [{ prefix: "ASIA" }] } } },
    { detail: { userIdentity: { sessionContext: { sessionIssuer: { arn: [{ exists: true }] } } } } },
    { detail: { userIdentity: { sessionContext: { sessionIssuer: { arn: [{ prefix: "arn:aws:iam::" }] } } } } },
    { detail: { userIdentity: { sessionContext: { sessionIssuer: { type: ["Role"] } } } } },
    { detail: { userIdentity: { sessionContext: { attributes: { mfaAuthenticated: ["false"] } } } } },
  ])("%j", (pattern) => {
    expect(withPattern(pattern)).toEqual([
      expect.stringMatching(
        /^suppressions\[0\]\.pattern \("nightly-clean-up"\) matches every event, or nearly: name who .* or what .*disabledDetections$/,
      ),
    ]);
  });
});

describe("a suppression by what the caller chooses is warned of", () => {
  test.each<[object, string]>([
    [{ detail: { userAgent: [{ prefix: "aws-cli/" }] } }, "userAgent"],
    [{ source: ["aws.ec2"], detail: { userAgent: ["scanner"] } }, "userAgent"],
    [{ "detail-type": [CALL], detail: { userAgent: ["scanner"], errorCode: [{ exists: false }] } }, "userAgent"],
    [{ detail: { userIdentity: { principalId: [{ suffix: ":deploy" }] } } }, "userIdentity.principalId"],
    [{ detail: { userIdentity: { principalId: [{ wildcard: "*:deploy" }] } } }, "userIdentity.principalId"],
    [
      { detail: { userIdentity: { arn: [{ wildcard: "arn:aws:sts::111122223333:assumed-role/*/deploy" }] } } },
      "userIdentity.arn",
    ],
    [
      { detail: { userIdentity: { sessionContext: { sourceIdentity: ["bob"] } } } },
      "userIdentity.sessionContext.sourceIdentity",
    ],
    [{ detail: { tlsDetails: { clientProvidedHostHeader: ["x"] } } }, "tlsDetails.clientProvidedHostHeader"],
    [{ $or: [{ detail: { eventName: ["DeleteTable"] } }, { detail: { userAgent: ["scanner"] } }] }, "userAgent"],
  ])("%j", (pattern, field) => {
    expect(withPattern(pattern)).toEqual([
      expect.stringContaining(
        `suppressions[0].pattern ("nightly-clean-up") matches by ${field} only, which the caller chooses`,
      ),
    ]);
  });

  test.each<object>([
    { accountId: ["111122223333"] },
    { arn: [{ prefix: "arn:aws:sts::111122223333:assumed-role/" }] },
    { sessionContext: { sessionIssuer: { arn: [{ wildcard: "arn:aws:iam::111122223333:role/*" }] } } },
  ])("and by an account alone: %j", (userIdentity) => {
    expect(withPattern({ detail: { userIdentity } })).toEqual([
      expect.stringContaining("matches by account only: every caller in it is suppressed"),
    ]);
  });

  test("and by an address alone", () => {
    expect(withPattern({ detail: { sourceIPAddress: ["203.0.113.7"] } })).toEqual([
      expect.stringContaining("matches by sourceIPAddress only"),
    ]);
  });
});

describe("no warning is raised by", () => {
  test.each<object>([
    { detail: { eventName: ["DeleteTable"] } },
    { source: ["aws.ec2"] },
    {
      detail: {
        userAgent: ["scanner"],
        userIdentity: { sessionContext: { sessionIssuer: { arn: ["arn:aws:iam::1:role/x"] } } },
      },
    },
    { detail: { sourceIPAddress: ["203.0.113.7"], userIdentity: { userName: ["bob"] } } },
    { detail: { eventName: ["DescribeInstances"], sourceIPAddress: ["203.0.113.7"] } },
    { detail: { userIdentity: { principalId: ["AROAEXAMPLEID:deploy"] } } },
    { detail: { requestParameters: { tableName: [{ exists: true }] } } },
    { "detail-type": ["AWS Console Sign In via CloudTrail"] },
    { detail: { userIdentity: { type: ["AWSService"] } } },
    { detail: { userIdentity: { arn: [{ prefix: "arn:aws:sts::111122223333:assumed-role/ci/" }] } } },
    { detail: { userIdentity: { arn: [{ prefix: "arn:aws:iam::111122223333:user/ci-" }] } } },
    { detail: { userIdentity: { principalId: [{ prefix: "AROAEXAMPLEID:" }] } } },
    { detail: { userIdentity: { accountId: ["444455556666"] }, eventName: ["AssumeRole"] } },
  ])("%j", (pattern) => {
    expect(withPattern(pattern)).toEqual([]);
  });
});

describe("a last day", () => {
  const pattern = { detail: { eventName: ["DeleteTable"] } };

  test.each(["2999-12-31", "2028-01-01"])("of %s is warned of", (expires) => {
    expect(warned({ ...SOUND, pattern, expires })).toEqual([
      `suppressions[0].expires is "${expires}" ("nightly-clean-up"): that is more than a year ahead, and until then the synth asks no one whether it is still needed; take a day within a year`,
    ]);
  });

  test("of a ready-made one too", () => {
    const { owner, reason } = SOUND;

    expect(warned({ use: "console-probes", owner, reason, expires: "2999-12-31" })).toEqual([
      expect.stringContaining('suppressions[0].expires is "2999-12-31" ("console-probes")'),
    ]);
  });

  test("within a year is not", () => {
    expect(warned({ ...SOUND, pattern, expires: "2027-11-20" })).toEqual([]);
  });
});
