import { type AwsSecurityFinding, BatchImportFindingsCommand, SecurityHubClient } from "@aws-sdk/client-securityhub";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";

const securityHub = new SecurityHubClient({});
const sns = new SNSClient({});

/** Imports findings, at most 100; gives what was refused. */
export async function importFindings(
  findings: readonly object[],
  abortSignal: AbortSignal,
): Promise<readonly { readonly code: string; readonly message: string }[]> {
  const { FailedFindings = [] } = await securityHub.send(
    new BatchImportFindingsCommand({ Findings: findings as AwsSecurityFinding[] }),
    { abortSignal },
  );
  return FailedFindings.map(({ ErrorCode, ErrorMessage }) => ({ code: ErrorCode ?? "", message: ErrorMessage ?? "" }));
}

/** Publishes a message as it is: Amazon Q Developer takes no other than its own form. */
export async function publishToTopic(topicArn: string, message: string, abortSignal: AbortSignal): Promise<void> {
  await sns.send(new PublishCommand({ TopicArn: topicArn, Message: message }), { abortSignal });
}
