import { ACCOUNT_ID } from "../../detection/events/account-id";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import type { Identity } from "../../detection/events/identity";
import type { Containment } from "./containment";
import { partitionIn } from "./record-facts";
import { shellValue } from "./shell-value";

/** No policy of the account limits the root user: its credentials have to be changed. */
export function containRoot({ accessKeyId = "", account }: Identity, record: CloudTrailRecord): Containment {
  const session = sessionFor(account, record);
  if (accessKeyId.startsWith("AKIA")) {
    const key = shellValue(accessKeyId) ?? "<accessKeyId>";
    return {
      text: "With the root user's own credentials, deactivate the key (in a member account: with a root session from the management account), then delete it, change the password and check the MFA device.",
      commands: [`aws iam update-access-key --access-key-id ${key} --status Inactive`, session],
    };
  }
  return {
    text: "Recover the root user's password through its mailbox, which ends console sessions; replace the MFA device and delete access keys. In a member account, a root session from the management account removes the password and keys.",
    commands: [session],
  };
}

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html */
function sessionFor(account: string | undefined, record: CloudTrailRecord): string {
  const target = ACCOUNT_ID.test(account ?? "") ? account : "<account>";
  return `aws sts assume-root --region <awsRegion> --target-principal ${target} --task-policy-arn arn=arn:${partitionIn(record).name}:iam::aws:policy/root-task/IAMDeleteRootUserCredentials`;
}

/**
 * A privileged root session: credentials of AssumeRoot, which an organization's management account took in a member account.
 * The root user's own password and keys have nothing to do with it.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html
 */
export function containRootSession({ accessKeyId }: Identity): Containment {
  const key = shellValue(accessKeyId) ?? "<accessKeyId>";
  return {
    text: "A privileged root session can't be revoked and ends after 15 minutes at most. From the management account or IAM's delegated administrator: find the AssumeRoot event that issued this key (in the region of the STS endpoint that was called), stop the caller that it names, and disable root sessions if no one needs them; a service control policy on the account stops the session at once.",
    commands: [
      `aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoot --query 'Events[?contains(CloudTrailEvent, \`"${key}"\`)].CloudTrailEvent' --output text`,
      "aws iam disable-organizations-root-sessions",
    ],
  };
}
