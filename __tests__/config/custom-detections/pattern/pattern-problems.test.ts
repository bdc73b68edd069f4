// Over 250 lines: one table of patterns and their problems.
import { describe, expect, test } from "@jest/globals";
import { checkOwn } from "../../../../config/custom-detections/check-detection";
import { patternProblems } from "../../../../config/custom-detections/pattern/pattern-problems";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import { LEAST } from "../folder";

const CALL = "AWS API Call via CloudTrail";
const S3 = { source: ["aws.s3"] };

test.each(catalogue)("nothing is wrong with what ships: $id", ({ pattern }) => {
  expect(patternProblems(pattern)).toEqual([]);
});

type Case = readonly [what: string, pattern: object, field: string, ...parts: readonly string[]];

const errors: readonly Case[] = [
  [
    "a finding of GuardDuty's, by detail-type",
    { source: ["aws.guardduty"], "detail-type": ["GuardDuty Finding"], detail: { severity: [{ numeric: [">=", 7] }] } },
    "detail-type",
    "GuardDuty findings aren't supported yet",
  ],
  [
    "a finding of GuardDuty's, by its fields",
    { source: ["aws.guardduty"], detail: { service: { archived: [false] } } },
    "detail.service.archived",
    "GuardDuty findings aren't supported yet",
  ],
  [
    "an Insights event, by detail-type",
    { source: ["aws.cloudtrail"], "detail-type": ["AWS Insight via CloudTrail"] },
    "detail-type",
    "CloudTrail Insights events aren't supported yet",
  ],
  [
    "an Insights event, by its fields",
    { source: ["aws.cloudtrail"], detail: { insightDetails: { insightType: ["ApiErrorRateInsight"] } } },
    "detail.insightDetails.insightType",
    "CloudTrail Insights events aren't supported yet",
  ],
  [
    "an Insights event, by category",
    { ...S3, detail: { eventCategory: ["Insight"] } },
    "detail.eventCategory",
    "CloudTrail Insights events aren't supported yet",
  ],
  ...[
    "EC2 Instance State-change Notification",
    "AWS Health Event",
    "Scheduled Event",
    "AWS API call via Cloudtrail",
  ].map(
    (type): Case => [
      `the detail-type ${type}`,
      { ...S3, "detail-type": [type] },
      "detail-type",
      `can't evaluate events with "${type}"`,
      `"${CALL}"`,
      '"AWS Console Sign In via CloudTrail"',
      "did you mean ",
    ],
  ),
  [
    "one detail-type among those that are right",
    { ...S3, "detail-type": [CALL, "Scheduled Event"], detail: { eventName: ["DeleteBucket"] } },
    "detail-type",
    'can\'t evaluate events with "Scheduled Event"',
  ],
  [
    "no detail-type that begins so",
    { ...S3, "detail-type": [{ prefix: "Object " }] },
    "detail-type",
    "no event matches",
  ],
  [
    "no event without a detail-type",
    { ...S3, "detail-type": [{ exists: false }] },
    "detail-type",
    "every event has it",
  ],
  ["detailType", { ...S3, detailType: [CALL] }, "detailType", "write detail-type"],
  ["detail_type", { ...S3, detail_type: [CALL] }, "detail_type", "write detail-type"],
  ["Source", { Source: ["aws.s3"], ...S3 }, "Source", "write source"],
  ["details", { ...S3, details: { eventName: ["A"] } }, "details.eventName", 'no "details"', "write detail"],
  ["eventName beside detail", { ...S3, eventName: ["A"] }, "eventName", "write detail.eventName"],
  ["eventname beside detail", { ...S3, eventname: ["A"] }, "eventname", "write detail.eventName"],
  ["anything else beside detail", { ...S3, colour: ["red"] }, "colour", "detail-type, source"],
  ["detail.eventname", { ...S3, detail: { eventname: ["A"] } }, "detail.eventname", "write detail.eventName"],
  ["detail.EventName", { ...S3, detail: { EventName: ["A"] } }, "detail.EventName", "write detail.eventName"],
  ["detail.evenName", { ...S3, detail: { evenName: ["A"] } }, "detail.evenName", "write detail.eventName"],
  [
    "detail.sourceIpAddress",
    { ...S3, detail: { sourceIpAddress: ["1.2.3.4"] } },
    "detail.sourceIpAddress",
    "write detail.sourceIPAddress",
  ],
  [
    "detail.userIdentity.username",
    { ...S3, detail: { userIdentity: { username: ["bob"] } } },
    "detail.userIdentity.username",
    "write detail.userIdentity.userName",
  ],
  [
    "a dotted key",
    { ...S3, "detail.userIdentity.username": ["bob"] },
    "detail.userIdentity.username",
    "write detail.userIdentity.userName",
  ],
  [
    "detail.userName",
    { ...S3, detail: { userName: ["bob"] } },
    "detail.userName",
    "write detail.userIdentity.userName",
  ],
  [
    "sessionissuer, deep down",
    { ...S3, detail: { userIdentity: { sessionContext: { sessionissuer: { arn: ["x"] } } } } },
    "detail.userIdentity.sessionContext.sessionissuer.arn",
    "write detail.userIdentity.sessionContext.sessionIssuer",
  ],
  [
    "an object that is there",
    { ...S3, detail: { userIdentity: [{ exists: true }] } },
    "detail.userIdentity",
    "it is an object",
    "detail.userIdentity.type",
  ],
  ["the detail as a value", { ...S3, detail: ["x"] }, "detail", "it is an object"],
  ["fields of a text", { ...S3, detail: { eventName: { a: ["b"] } } }, "detail.eventName.a", "has no fields"],
  [
    "source against eventSource",
    { ...S3, detail: { eventSource: ["ec2.amazonaws.com"] } },
    "source",
    '"aws.s3"',
    '"ec2.amazonaws.com"',
    'write "aws.ec2"',
  ],
  [
    "a value of eventSource that source leaves out",
    { ...S3, detail: { eventSource: ["s3.amazonaws.com", "ec2.amazonaws.com"] } },
    "source",
    'write "aws.ec2"',
  ],
  [
    "source against eventSource in an alternative",
    {
      $or: [
        { source: ["aws.s3"], detail: { eventSource: ["s3.amazonaws.com"] } },
        { source: ["aws.iam"], detail: { eventSource: ["ec2.amazonaws.com"] } },
      ],
    },
    "source",
    '"aws.iam"',
    'write "aws.ec2"',
  ],
  [
    "source against the beginning of eventSource",
    { ...S3, detail: { eventSource: [{ prefix: "ec2." }] } },
    "source",
    'write "s3.amazonaws.com" into detail.eventSource',
  ],
  [
    "detail-type against eventType",
    { ...S3, "detail-type": [CALL], detail: { eventType: ["AwsConsoleSignIn"] } },
    "detail-type",
    'write "AWS Console Sign In via CloudTrail"',
  ],
  [
    "readOnly as text",
    { ...S3, detail: { readOnly: ["true"] } },
    "detail.readOnly",
    "it is a boolean",
    "true or false",
  ],
  ["null for what is absent", { ...S3, detail: { errorCode: [null] } }, "detail.errorCode", '[{"exists": false}]'],
  ["an empty text", { ...S3, detail: { errorCode: [""] } }, "detail.errorCode", '[{"exists": false}]'],
  [
    "an account as a number",
    { ...S3, detail: { recipientAccountId: [111122223333] } },
    "detail.recipientAccountId",
    "with quotation marks",
  ],
  [
    "MFA as a boolean",
    { ...S3, detail: { userIdentity: { sessionContext: { attributes: { mfaAuthenticated: [false] } } } } },
    "detail.userIdentity.sessionContext.attributes.mfaAuthenticated",
    "with quotation marks",
  ],
  ["an account's name", { ...S3, account: ["prod"] }, "account", "12 digits"],
  ["a region that can't be", { ...S3, region: ["Ireland"] }, "region", "us-east-1"],
  [
    "an unknown eventType",
    { ...S3, detail: { eventType: ["ApiCall"] } },
    "detail.eventType",
    'did you mean "AwsApiCall"?',
  ],
  ["root in lower case", { ...S3, detail: { userIdentity: { type: ["root"] } } }, "detail.userIdentity.type", "Root"],
  [
    "eventSource without its domain",
    { ...S3, detail: { eventSource: ["s3"] } },
    "detail.eventSource",
    '"s3.amazonaws.com"',
  ],
  [
    "eventName as IAM has it",
    { ...S3, detail: { eventName: ["s3:DeleteBucket"] } },
    "detail.eventName",
    '"DeleteBucket"',
  ],
  [
    "eventName with a space behind it",
    { ...S3, detail: { eventName: ["DeleteBucket "] } },
    "detail.eventName",
    'write "DeleteBucket"',
  ],
  ["source in capitals", { source: ["aws.EC2"], detail: { eventName: ["A"] } }, "source", 'write "aws.ec2"'],
  ["source with a space", { source: ["aws.ec2 "], detail: { eventName: ["A"] } }, "source", 'write "aws.ec2"'],
  [
    "source with the host's domain",
    { source: ["aws.ec2.amazonaws.com"], detail: { eventName: ["A"] } },
    "source",
    'write "aws.ec2"',
  ],
];

describe("refused, with the field and what is right", () => {
  test.each(errors)("%s", (_, pattern, field, ...parts) => {
    const found = patternProblems(pattern).filter(({ severity }) => severity === "error");

    expect(found).toHaveLength(1);
    expect(found[0]?.field.split(" ")[0]).toBe(field);
    for (const part of [`asks for ${field}`, ...parts]) expect(found[0]?.message).toContain(part);
    expect(found[0]?.message).not.toContain("\n");
  });

  test.each(errors)("%s, by the check of a user's detection too", (_, pattern, field) => {
    const checked = checkOwn({ ...LEAST, pattern });

    expect("problems" in checked ? checked.problems.join("\n") : "").toContain(`asks for ${field}`);
  });
});

const warnings: readonly Case[] = [
  ["a field that is not known here", { ...S3, detail: { colour: ["red"] } }, "detail.colour", "did you mean detail."],
  [
    "an identity that is not known here",
    { ...S3, detail: { userIdentity: { type: ["Robot"] } } },
    "detail.userIdentity.type",
    "did you mean ",
  ],
  ["a data event of S3's", { ...S3, detail: { eventName: ["PutObject"] } }, "detail.eventName", '"PutObject" of s3'],
  [
    "a data event of Lambda's",
    { source: ["aws.lambda"], detail: { eventName: ["Invoke", "DeleteFunction"] } },
    "detail.eventName",
    '"Invoke" of lambda',
  ],
  [
    "a data event of DynamoDB's",
    { source: [{ prefix: "aws." }], detail: { eventSource: ["dynamodb.amazonaws.com"], eventName: ["GetItem"] } },
    "detail.eventName",
    '"GetItem" of dynamodb',
  ],
  ["all data events", { ...S3, detail: { eventCategory: ["Data"] } }, "detail.eventCategory", "data events"],
  ["no management events", { ...S3, detail: { managementEvent: [false] } }, "detail.managementEvent", "data events"],
  [
    "a call's name as SDKs write it",
    { source: ["aws.ec2"], detail: { eventName: ["runInstances"] } },
    "detail.eventName",
    'write "RunInstances"',
  ],
  [
    "network activity by detail-type",
    { ...S3, "detail-type": ["AWS Network Activity Event via CloudTrail"] },
    "detail-type",
    "network activity",
  ],
  ["network activity", { ...S3, detail: { eventType: ["AwsVpceEvent"] } }, "detail.eventType", "network activity"],
  [
    "a service's other name",
    { source: ["aws.cloudwatch"], detail: { eventName: ["A"] } },
    "source",
    '"aws.monitoring"',
  ],
  ["whatever a service sends", S3, "detail-type", "not CloudTrail's"],
  ["anything but a call", { ...S3, "detail-type": [{ "anything-but": [CALL] }] }, "detail-type", "not CloudTrail's"],
];

describe("warned of, with the field", () => {
  test.each(warnings)("%s", (_, pattern, field, ...parts) => {
    const found = patternProblems(pattern);

    expect(found.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(found[0]?.field).toBe(field);
    for (const part of parts) expect(found[0]?.message).toContain(part);
    expect(checkOwn({ ...LEAST, pattern })).toHaveProperty("detection");
  });
});

describe("nothing is said of", () => {
  test.each<[string, object]>([
    [
      "free-form objects",
      { ...S3, detail: { requestParameters: { anyThing: { At: ["all"] } }, responseElements: [null] } },
    ],
    [
      "sources with dots and dashes",
      {
        source: ["aws.emr-serverless", "aws.discovery.marketplace"],
        detail: { eventName: ["A"], managementEvent: [true, false] },
      },
    ],
    ["fields that are to be absent", { ...S3, detail: { eventName: ["A"], errorCode: [{ exists: false }] } }],
    [
      "flags, in either spelling",
      { ...S3, detail: { eventName: ["A"], sessionCredentialFromConsole: [true, "true"] } },
    ],
    ["both spellings beside a boolean", { ...S3, detail: { eventName: ["A"], readOnly: [false, "false"] } }],
    ["CloudWatch by its name", { source: ["aws.monitoring"], detail: { eventSource: ["monitoring.amazonaws.com"] } }],
    ["China's host names", { source: ["aws.ec2"], detail: { eventSource: ["ec2.amazonaws.com.cn"] } }],
    ["placeholders", { ...S3, account: ["{{account}}"], region: ["{{region}}"], detail: { eventName: ["A"] } }],
    ["calls of any service", { source: [{ prefix: "aws." }], detail: { eventName: [{ prefix: "Delete" }] } }],
    [
      "deletions in the log archive",
      { ...S3, detail: { eventName: ["DeleteObject"], requestParameters: { bucketName: ["{{bucket}}"] } } },
    ],
    [
      "one source beside several alternatives",
      {
        source: ["aws.s3", "aws.sns"],
        $or: [
          { detail: { eventSource: ["s3.amazonaws.com"], eventName: ["DeleteBucket"] } },
          { detail: { eventSource: ["sns.amazonaws.com"], eventName: ["DeleteTopic"] } },
        ],
      },
    ],
    ["a sign-in", { source: ["aws.signin"], "detail-type": ["AWS Console Sign In via CloudTrail"] }],
  ])("%s", (_, pattern) => {
    expect(patternProblems(pattern)).toEqual([]);
  });
});

describe("fields that count, group and refine name", () => {
  test.each<[object, string]>([
    [{ count: { threshold: 2, minutes: 5, by: ["userIdentity.username"] } }, "write userIdentity.userName"],
    [{ group: { by: ["sourceIpAddress"] } }, "write sourceIPAddress"],
    [{ refine: [{ kind: "publicIp", field: "sourceIpAddress" }] }, '[0] names "sourceIpAddress": '],
    [{ refine: [{ kind: "differs", field: "requestParameters.userName", from: "userIdentity.username" }] }, "userName"],
  ])("%j", (over, problem) => {
    const checked = checkOwn({ ...LEAST, ...over });

    expect("problems" in checked ? checked.problems : []).toEqual([expect.stringContaining(problem)]);
  });
});
