import { spellings } from "./tokens";

/** Types of which settings, subscribers or readers may stand in another state than the resource, by their ARNs' service. */
const TYPES: Readonly<Record<string, string>> = {
  sns: "aws_sns_topic",
  sqs: "aws_sqs_queue",
  lambda: "aws_lambda_function",
  logs: "aws_cloudwatch_log_group",
  s3: "aws_s3_bucket",
  iam: "aws_iam_role",
  kms: "aws_kms_key",
};
/** Types that others name by ARN alone: a name of theirs may be another region's. */
const BY_ARN = new Set(["aws_sns_topic", "aws_kms_key"]);
const QUEUE = /^(?:arn:[^:]*:sqs:|https:\/\/(?:sqs\.)?)([a-z0-9-]+)(?::|\.[^/]+\/)(\d{12})[:/]([^/:]+)$/;

/** A resource that the plan doesn't have, and that its resources name. */
export interface ExternalResource {
  readonly type: string;
  /** The same for all ways of naming it. */
  readonly key: string;
}

/**
 * What a value names that the plan doesn't have.
 *
 * @param types those that the link leads to
 * @param value a name, an ARN, or a queue's address
 * @returns undefined when the value doesn't show it, or when nothing depends on it
 */
export function externalResource(types: readonly string[], value: string): ExternalResource | undefined {
  const type = typeOf(types, value);
  if (type === undefined) return undefined;
  if (type === "aws_sqs_queue") {
    const [, region, account, name] = QUEUE.exec(value) ?? [];
    return name === undefined ? undefined : { type, key: `${region}:${account}:${name}` };
  }
  if (BY_ARN.has(type)) return value.startsWith("arn:") ? { type, key: spellings(value)[0] ?? value } : undefined;
  return { type, key: (spellings(value).at(-1) ?? value).replace(/^role\/(.*\/)?/, "") };
}

function typeOf(types: readonly string[], value: string): string | undefined {
  const service = /^arn:[^:]*:([a-z0-9-]+):/.exec(value)?.[1];
  const type = service === undefined ? types[0] : TYPES[service];
  if (type === undefined || !types.includes(type) || !Object.values(TYPES).includes(type)) return undefined;
  // A key's alias is another resource than the key.
  if (service === "kms" && !/:key\//.test(value)) return undefined;
  const several = service === undefined && types.some((each) => each !== type && !/_alias$|_replica_/.test(each));
  return several && !value.startsWith("https://sqs") ? undefined : type;
}
