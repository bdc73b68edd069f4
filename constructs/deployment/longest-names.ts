import type { GivenNames } from "../../detection/definition/names";

/** The most characters that AWS, or a module's variable, takes for each. */
const LENGTHS: Readonly<Record<keyof GivenNames, number>> = {
  prefix: 20,
  partition: "aws-us-gov".length,
  account: 12,
  region: "ap-southeast-99".length,
  bucket: 63,
  trail: 128,
  logGroup: "/aws/cloudtrail/".length + 128,
  deliveriesTopic: 256,
  alertsTopic: 256,
  urgentTopic: 256,
  archiveKeyId: 36,
  alertsKeyId: 36,
  trailAccount: 12,
  deliveriesTopicAccount: 12,
  logFolder: 200 + "/AWSLogs/o-".length + 32,
  rolePath: 512,
  callerIdentityRule: 64,
};

/** Made-up names, all as long as can be. */
export const UNKNOWN_NAMES = Object.fromEntries(
  Object.entries(LENGTHS).map(([key, length]) => [key, "x".repeat(length)]),
) as unknown as GivenNames;

/** Made-up names as long as the real ones can be, where only Terraform knows those: what is measured is never too short. */
export function longestNames(names: GivenNames): GivenNames {
  const longest = UNKNOWN_NAMES as unknown as Readonly<Record<string, string>>;
  return Object.fromEntries(
    Object.entries(names).map(([key, name]: [string, string]) => [key, name.includes("${") ? longest[key] : name]),
  ) as unknown as GivenNames;
}
