import { expect, test } from "@jest/globals";
import { ACCOUNT, planOfEntries, policy } from "./forwarders";
import { type Entry, entry, ids, review } from "./plans";

const TRAIL_ARN = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/main`;
const BUCKET = "arn:aws:s3:::audit";
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:deliveries`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234`;

function statement(Action: string, Resource: string | readonly string[], SourceArn: string | readonly string[]) {
  const Condition = { StringEquals: { "aws:SourceArn": SourceArn } };
  return { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action, Resource, Condition };
}

const PREFIXES = [`${BUCKET}/AWSLogs/${ACCOUNT}/*`, `${BUCKET}/AWSLogs/o-a1b2c3d4e5/*`];
const VALUES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "aws_cloudtrail.main": {
    name: "main",
    arn: TRAIL_ARN,
    is_organization_trail: true,
    s3_bucket_name: "audit",
    sns_topic_name: TOPIC,
    kms_key_id: KEY,
  },
  "aws_s3_bucket.audit": { bucket: "audit", arn: BUCKET },
  "aws_s3_bucket_policy.audit": {
    bucket: "audit",
    policy: policy(statement("s3:PutObject", PREFIXES, [TRAIL_ARN, `${TRAIL_ARN}-2`])),
  },
  "aws_sns_topic.deliveries": { name: "deliveries", arn: TOPIC },
  "aws_sns_topic_policy.deliveries": { arn: TOPIC, policy: policy(statement("sns:Publish", TOPIC, TRAIL_ARN)) },
  "aws_kms_key.audit": { arn: KEY, key_id: "1234", policy: policy(statement("kms:GenerateDataKey*", "*", TRAIL_ARN)) },
};

function outcome(address: string, after: object) {
  const entries = Object.entries(VALUES).map(
    ([each, values]): Entry =>
      entry(
        each,
        each === address ? ["update"] : ["no-op"],
        values,
        each === address ? { ...values, ...after } : values,
      ),
  );
  const { refused, indeterminate } = review(planOfEntries(entries));
  return { refused: ids(refused), indeterminate: ids(indeterminate) };
}

const ELSEWHERE = TRAIL_ARN.replace(ACCOUNT, "444455556666");

test.each<[string, string, string, object]>([
  ["becomes an account's", "trail-organization", "aws_cloudtrail.main", { is_organization_trail: false }],
  [
    "may no longer write the organization's log files",
    "policy-statement",
    "aws_s3_bucket_policy.audit",
    { policy: policy(statement("s3:PutObject", PREFIXES.slice(0, 1), [TRAIL_ARN, `${TRAIL_ARN}-2`])) },
  ],
  [
    "may no longer write those of the management account",
    "policy-statement",
    "aws_s3_bucket_policy.audit",
    { policy: policy(statement("s3:PutObject", PREFIXES.slice(1), [TRAIL_ARN, `${TRAIL_ARN}-2`])) },
  ],
  [
    "isn't the source that the bucket takes",
    "policy-statement",
    "aws_s3_bucket_policy.audit",
    { policy: policy(statement("s3:PutObject", PREFIXES, `${TRAIL_ARN}-2`)) },
  ],
  [
    "isn't the source that the topic takes",
    "policy-statement",
    "aws_sns_topic_policy.deliveries",
    { policy: policy(statement("sns:Publish", TOPIC, ELSEWHERE)) },
  ],
  [
    "isn't the source that the key takes",
    "policy-statement",
    "aws_kms_key.audit",
    { policy: policy(statement("kms:GenerateDataKey*", "*", ELSEWHERE)) },
  ],
])("an organization trail that %s is refused: %s", (_, check, address, after) => {
  expect(outcome(address, after)).toEqual({ refused: [`${address}#${check}`], indeterminate: [] });
});

test("a policy that lets one more organization's trail in passes", () => {
  const both = [...PREFIXES, `${BUCKET}/AWSLogs/o-zzzzzzzzzz/*`];
  const sources = [TRAIL_ARN, `${TRAIL_ARN}-2`, ELSEWHERE];

  expect(outcome("aws_s3_bucket_policy.audit", { policy: policy(statement("s3:PutObject", both, sources)) })).toEqual({
    refused: [],
    indeterminate: [],
  });
});
