/** A partition of AWS: accounts, ARNs and endpoints of their own. */
export interface Partition {
  /** As ARNs have it. */
  readonly name: string;
  /** Where IAM, Organizations and other services without regions record their events. */
  readonly globalRegion: string;
  /** Domain of the console, without the region; undefined where none is public. */
  readonly console: string | undefined;
}

const AWS: Partition = { name: "aws", globalRegion: "us-east-1", console: "console.aws.amazon.com" };

/** By the beginning of the regions' names. */
const OTHERS: readonly (readonly [string, Partition])[] = [
  ["us-gov-", { name: "aws-us-gov", globalRegion: "us-gov-west-1", console: "console.amazonaws-us-gov.com" }],
  ["cn-", { name: "aws-cn", globalRegion: "cn-north-1", console: "console.amazonaws.cn" }],
  ["eusc-", { name: "aws-eusc", globalRegion: "eusc-de-east-1", console: "console.amazonaws-eusc.eu" }],
  ["us-iso-", { name: "aws-iso", globalRegion: "us-iso-east-1", console: undefined }],
  ["us-isob-", { name: "aws-iso-b", globalRegion: "us-isob-east-1", console: undefined }],
  ["eu-isoe-", { name: "aws-iso-e", globalRegion: "eu-isoe-west-1", console: undefined }],
  ["us-isof-", { name: "aws-iso-f", globalRegion: "us-isof-south-1", console: undefined }],
];

/** Domains of the consoles that are public. */
export function consoleDomains(): readonly string[] {
  return [AWS, ...OTHERS.map(([, partition]) => partition)].flatMap(({ console }) => console ?? []);
}

/** Whether a text has the form of a region's name: `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,8}(-[a-z]{2,16}){1,3}-\d{1,2}$/.test(text);
}

/**
 * The partition that a region belongs to; the commercial one for regions of any other name.
 *
 * Source: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html and
 * `partitions.json` of AWS's SDKs
 */
export function partitionOf(region: string): Partition {
  return OTHERS.find(([start]) => region.startsWith(start))?.[1] ?? AWS;
}

/** The partition of an ARN; undefined for any other text, and for a partition that is not known. */
export function partitionOfArn(arn: string): Partition | undefined {
  const name = /^arn:([a-z-]+):/.exec(arn)?.[1];
  return [AWS, ...OTHERS.map(([, partition]) => partition)].find((partition) => partition.name === name);
}
