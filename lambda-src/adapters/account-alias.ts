import { IAMClient, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import type { Labels } from "../../alerting/notices/labels";

/** Milliseconds that an alert waits for the alias at the most: it is a name, and the account's id says the same. */
const LIMIT_MS = 2_000;

let asked: Promise<string | undefined> | undefined;

/**
 * The labels with the alias of the own account as its name, or as they are where it has none. Asked once in an execution
 * environment's life, whatever comes of it: no alert after the first waits.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html
 */
export async function withAlias(labels: Labels, account: string): Promise<Labels> {
  asked ??= readAlias();
  const alias = await asked;
  return alias === undefined ? labels : { ...labels, accountNames: { ...labels.accountNames, [account]: alias } };
}

async function readAlias(): Promise<string | undefined> {
  try {
    const client = new IAMClient({ maxAttempts: 1 });
    const abortSignal = AbortSignal.timeout(LIMIT_MS);
    const { AccountAliases } = await client.send(new ListAccountAliasesCommand({}), { abortSignal });
    return AccountAliases?.[0];
  } catch {
    // Denied, throttled, slow, or unreachable: alerts have the id.
    return undefined;
  }
}
