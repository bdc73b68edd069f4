import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Calls that make up most of a real account's records; none of them is alerted on. */
const COMMON_CALLS = [
  ["ec2.amazonaws.com", "DescribeInstances"],
  ["ec2.amazonaws.com", "DescribeVolumes"],
  ["s3.amazonaws.com", "GetBucketAcl"],
  ["s3.amazonaws.com", "ListBuckets"],
  ["sts.amazonaws.com", "AssumeRole"],
  ["kms.amazonaws.com", "Decrypt"],
  ["kms.amazonaws.com", "GenerateDataKey"],
  ["iam.amazonaws.com", "ListRoles"],
  ["iam.amazonaws.com", "GetRole"],
  ["logs.amazonaws.com", "CreateLogStream"],
  ["logs.amazonaws.com", "DescribeLogGroups"],
  ["ssm.amazonaws.com", "UpdateInstanceInformation"],
  ["cloudformation.amazonaws.com", "DescribeStacks"],
  ["elasticloadbalancing.amazonaws.com", "DescribeTargetHealth"],
  ["lambda.amazonaws.com", "ListFunctions20150331"],
] as const;
/** Common calls for each record that a detection is tested with. */
const SHARE = 15;

interface Fixture {
  readonly cases: readonly { readonly record: Readonly<Record<string, unknown>> }[];
}

/** The records that the detections are tested with, each among common calls in the same shape. */
export function sampleRecords(root: string): readonly unknown[] {
  const folder = join(root, "__tests__", "fixtures", "detections");
  const records = readdirSync(folder)
    .sort()
    .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as Fixture).cases)
    .map(({ record }) => record);
  return records.flatMap((record, number) => [
    record,
    ...Array.from({ length: SHARE }, (_, index) => common(record, number * SHARE + index)),
  ]);
}

function common(record: Readonly<Record<string, unknown>>, number: number): unknown {
  const [eventSource, eventName] = COMMON_CALLS[number % COMMON_CALLS.length] as (typeof COMMON_CALLS)[number];
  const { errorCode: _, errorMessage: __, ...fields } = record;
  const userIdentity = {
    type: "AssumedRole",
    principalId: "AROAEXAMPLE:session",
    arn: "arn:aws:sts::111122223333:assumed-role/app/session",
    accountId: "111122223333",
    accessKeyId: "ASIAEXAMPLE",
    sessionContext: { attributes: { mfaAuthenticated: "false" }, sessionIssuer: { type: "Role", userName: "app" } },
  };
  return { ...fields, eventSource, eventName, eventType: "AwsApiCall", userIdentity, eventID: `common-${number}` };
}
