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

type SampleRecord = Readonly<Record<string, unknown>>;

interface Fixture {
  readonly cases: readonly { readonly record: SampleRecord; readonly matches: boolean }[];
}

/** The records that the detections are tested with, each among common calls in the same shape. */
export function sampleRecords(root: string): readonly unknown[] {
  const folder = join(root, "__tests__", "fixtures", "detections");
  return readdirSync(folder)
    .sort()
    .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as Fixture).cases)
    .flatMap(({ record }, number) => amongCommonCalls(record, number * SHARE));
}

/**
 * A record, and common calls in the same shape.
 *
 * @param from where to begin in the row of common calls
 */
export function amongCommonCalls(record: SampleRecord, from = 0): readonly unknown[] {
  return [record, ...Array.from({ length: SHARE }, (_, index) => common(record, from + index))];
}

/** A record that the detection is tested with and that it matches. */
export function matchOf(root: string, detection: string): SampleRecord {
  const file = join(root, "__tests__", "fixtures", "detections", `${detection}.json`);
  const match = (JSON.parse(readFileSync(file, "utf8")) as Fixture).cases.find(({ matches }) => matches);
  if (!match) throw new Error(`${file} has no match`);
  return match.record;
}

function common(record: SampleRecord, number: number): unknown {
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
