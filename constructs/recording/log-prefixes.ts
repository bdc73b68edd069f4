import type { Config } from "../../config/schema";

/**
 * Beginnings of the keys of the trail's log files, each up to a `/`. An organization trail writes below the organization's id,
 * and below the management account's while it is none yet, or no longer; whichever account has created it.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html#org-trail-bucket-policy
 *
 * @param account the one that is deployed to
 */
export function logPrefixes(
  { organization, resources: { trail } }: Pick<Config, "organization" | "resources">,
  account: string,
): readonly string[] {
  const start = trail.mode === "existing" && trail.keyPrefix !== undefined ? `${trail.keyPrefix}/` : "";
  const owners = organization ? [organization.managementAccount, organization.id] : [account];
  return owners.map((owner) => `${start}AWSLogs/${owner}/`);
}
