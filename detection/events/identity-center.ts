import type { Identity } from "./identity";

/** Under this path AWS alone can make roles. */
const PATH = ":role/aws-reserved/sso.amazonaws.com/";

/**
 * Whether a session is that of a user of IAM Identity Center, with the role of a permission set. Identity Center alone can assume such
 * roles, and names each session after its user.
 *
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function isPermissionSetSession({ kind, arn, session }: Identity): boolean {
  return kind === "role" && session !== undefined && (arn ?? "").includes(PATH);
}
