import { nearest } from "./nearest";

/**
 * AWS's partitions and regions: one table for the configuration and for the replay.
 *
 * Source: botocore 1.43.11, `data/partitions.json` (November 2026). A region that is not here yet counts as one if it has its
 * partition's form.
 */

export interface Partition {
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The form of its regions' names. */
  readonly form: RegExp;
  readonly regions: readonly string[];
  /**
   * Where EventBridge sees the events of IAM, Organizations and root's sign-in.
   *
   * @default - trailwarden can't be deployed there
   */
  readonly globalEventsRegion?: string;
}

const PARTITIONS: readonly Partition[] = [
  {
    id: "aws",
    title: "AWS's commercial partition",
    form: /^(us|eu|ap|sa|ca|me|af|il|mx)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]\d?$/,
    globalEventsRegion: "us-east-1",
    regions: [
      ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1"],
      ...["ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5"],
      ...[
        "ap-southeast-6",
        "ap-southeast-7",
        "ca-central-1",
        "ca-west-1",
        "eu-central-1",
        "eu-central-2",
        "eu-north-1",
      ],
      ...["eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1"],
      ...["me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"],
    ],
  },
  {
    id: "aws-us-gov",
    title: "AWS GovCloud (US)",
    form: /^us-gov-(east|west)-[1-9]\d?$/,
    globalEventsRegion: "us-gov-west-1",
    regions: ["us-gov-east-1", "us-gov-west-1"],
  },
  {
    id: "aws-cn",
    title: "China's partition",
    form: /^cn-[a-z]+-\d+$/,
    regions: ["cn-north-1", "cn-northwest-1"],
  },
  {
    id: "aws-eusc",
    title: "the partition of the AWS European Sovereign Cloud",
    form: /^eusc-[a-z]+-[a-z]+-\d+$/,
    regions: ["eusc-de-east-1"],
  },
  {
    id: "aws-iso",
    title: "the Top Secret partition",
    form: /^us-iso-[a-z]+-\d+$/,
    regions: ["us-iso-east-1", "us-iso-west-1"],
  },
  {
    id: "aws-iso-b",
    title: "the Secret partition",
    form: /^us-isob-[a-z]+-\d+$/,
    regions: ["us-isob-east-1", "us-isob-west-1"],
  },
  {
    id: "aws-iso-e",
    title: "the isolated partition of Europe",
    form: /^eu-isoe-[a-z]+-\d+$/,
    regions: ["eu-isoe-west-1"],
  },
  {
    id: "aws-iso-f",
    title: "the isolated partition aws-iso-f",
    form: /^us-isof-[a-z]+-\d+$/,
    regions: ["us-isof-east-1", "us-isof-south-1"],
  },
];

/** The form of every region's name, those of partitions that are not supported included. */
export const REGION = new RegExp(PARTITIONS.map(({ form }) => form.source).join("|"));

/** Patterns of a partition and of a region within an ARN. */
export const ARN_PARTITION = `(${PARTITIONS.map(({ id }) => id).join("|")})`;
export const ARN_REGION = `(${PARTITIONS.map(({ form }) => form.source.replace(/^\^|\$$/g, "")).join("|")})`;

/** The partition of a region; undefined where the text is no region's name. */
export function partitionOf(region: string): Partition | undefined {
  return PARTITIONS.find(({ form }) => form.test(region));
}

/** Where IAM's, Organizations' and root's sign-in events come to EventBridge, for a region that is supported. */
export function globalEventsRegionOf(region: string): string {
  return partitionOf(region)?.globalEventsRegion ?? "us-east-1";
}

/** Why the region can't be deployed to or read, where that is certain. */
export function unsupportedRegion(region: string): string | undefined {
  const partition = partitionOf(region);
  if (!partition || partition.globalEventsRegion !== undefined) return undefined;
  return `lies in ${partition.title} (${partition.id}), which isn't supported yet; supported are the regions of ${supported()}`;
}

function supported(): string {
  return PARTITIONS.filter(({ globalEventsRegion }) => globalEventsRegion !== undefined)
    .map(({ id, title }) => `${title} (${id})`)
    .join(" and ");
}

/** What to say of a region of a sound name that AWS didn't have when the table was made. */
export function unknownRegion(region: string): string | undefined {
  const partition = partitionOf(region);
  if (!partition || partition.regions.includes(region)) return undefined;
  return `is an unknown region (November 2026); did you mean ${nearest(region, partition.regions).join(", ")}? Go on only if AWS has opened it since`;
}

/**
 * Regions of the commercial partition that every account has, without opting in.
 *
 * Source: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html (November 2026)
 */
const WITHOUT_OPT_IN = [
  ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
  ...["ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1"],
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
];

/** Regions that every account has in the partition of a region: GovCloud's all. */
export function defaultRegionsOf(region: string): readonly string[] {
  const partition = partitionOf(region);
  return partition?.id === "aws" ? WITHOUT_OPT_IN : (partition?.regions ?? []);
}

/** EventBridge rules that AWS grants a bus in some regions. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const FEWER_RULES: ReadonlyMap<string, number> = new Map([
  ["af-south-1", 100],
  ["eu-south-1", 100],
]);

/** Rules that the default bus of a region has room for, unless AWS has raised the quota. */
export function rulesPerBus(region: string): number {
  return FEWER_RULES.get(region) ?? 300;
}
