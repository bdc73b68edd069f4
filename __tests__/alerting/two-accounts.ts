import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { unauthorizedDescribe } from "../detection/events/records";

/** Of the resource, and of the caller. */
export const OWNER = "111122223333";
export const CALLER = "444455556666";

const ROLE = "AROAEXAMPLEDEPLOY";

/**
 * The two records of a call of one account's role in another account, as CloudTrail delivers them: the owner's knows the caller by ids alone.
 *
 * @param id of the call, in hex
 * @param both fields of both records
 */
export function copies(
  id: string,
  both: Readonly<Record<string, unknown>> = {},
): { readonly owners: CloudTrailRecord; readonly callers: CloudTrailRecord } {
  const call = { sharedEventID: `5a4e1c93-0000-4000-9000-${id.padStart(12, "0")}`, ...both };
  const principalId = `${ROLE}:i-0123456789abcdef0`;
  return {
    owners: unauthorizedDescribe({
      ...call,
      eventID: `owners-${id}`,
      recipientAccountId: OWNER,
      userIdentity: { type: "AWSAccount", principalId, accountId: CALLER },
    }),
    callers: unauthorizedDescribe({
      ...call,
      eventID: `callers-${id}`,
      recipientAccountId: CALLER,
      userIdentity: {
        type: "AssumedRole",
        principalId,
        arn: `arn:aws:sts::${CALLER}:assumed-role/deploy/i-0123456789abcdef0`,
        accountId: CALLER,
        accessKeyId: "ASIAEXAMPLEDEPLOY01",
        sessionContext: {
          sessionIssuer: {
            ...{ type: "Role", principalId: ROLE, arn: `arn:aws:iam::${CALLER}:role/deploy`, accountId: CALLER },
            userName: "deploy",
          },
        },
      },
    }),
  };
}
