import type { StoredAlias } from "../../alerting/accounts/own-labels";
import { expiryOf, keyOf, WINDOW } from "./alert-state-items";
import type { TableRequests } from "./table-requests";

/** Of the one item that holds the account's alias. */
const KEY = keyOf("account-alias", WINDOW);

/** The account's alias in the table of the alert state, as the schedule has asked for it; undefined where it has not yet. */
export async function readAlias({ get }: Pick<TableRequests, "get">): Promise<StoredAlias | undefined> {
  const { Item } = await get({ Key: KEY });
  if (!Item) return undefined;
  const alias = Item.alias?.S;
  return { askedAt: Number(Item.askedAt?.N ?? 0), ...(alias !== undefined && { alias }) };
}

/** Without `open`: it is no window that a schedule closes. */
export async function writeAlias(
  { put }: Pick<TableRequests, "put">,
  { alias, askedAt }: StoredAlias,
  now: number,
): Promise<void> {
  await put({
    Item: {
      ...KEY,
      ...(alias !== undefined && { alias: { S: alias } }),
      askedAt: { N: String(askedAt) },
      expiresAt: expiryOf(now),
    },
  });
}
