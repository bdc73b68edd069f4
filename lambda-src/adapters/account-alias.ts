import { IAMClient, ListAccountAliasesCommand } from "@aws-sdk/client-iam";

/** Milliseconds for the answer: the tasks of the schedule wait for it. */
const LIMIT_MS = 2_000;

/**
 * Asks IAM for the account's alias; undefined where it has none.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html
 *
 * @throws when it is denied, throttled, slow or unreachable
 */
export async function askAlias(): Promise<string | undefined> {
  const client = new IAMClient({ maxAttempts: 1 });
  const abortSignal = AbortSignal.timeout(LIMIT_MS);
  const { AccountAliases } = await client.send(new ListAccountAliasesCommand({}), { abortSignal });
  return AccountAliases?.[0];
}
