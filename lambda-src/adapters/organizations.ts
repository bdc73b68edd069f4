import {
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import type { AskOrganization } from "../../alerting/accounts/renew-directory";

/** Milliseconds for an answer, with all tries. */
const LIMIT_MS = 10_000;
/** Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
const CLOSED: readonly string[] = ["SUSPENDED", "PENDING_CLOSURE", "CLOSED"];
/** Organizations throttles calls beyond a few a second: what it refuses is asked again when the schedule next comes. */
const MAX_ATTEMPTS = 4;

/**
 * Asks AWS Organizations, whose one address of a partition the SDK knows.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/APIReference/
 *
 * @throws the calls when they are denied, throttled, slow or unreachable
 */
export function askOrganizations(): AskOrganization {
  const client = new OrganizationsClient({ maxAttempts: MAX_ATTEMPTS });
  const options = () => ({ abortSignal: AbortSignal.timeout(LIMIT_MS) });
  return {
    roots: async () => {
      const { Roots = [] } = await client.send(new ListRootsCommand({}), options());
      return Roots.flatMap(({ Id }) => Id ?? []);
    },
    units: async (ParentId, NextToken) => {
      const answer = await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }), options());
      return page(
        (answer.OrganizationalUnits ?? []).flatMap(({ Id }) => Id ?? []),
        answer.NextToken,
      );
    },
    accounts: async (ParentId, NextToken) => {
      const answer = await client.send(new ListAccountsForParentCommand({ ParentId, NextToken }), options());
      const accounts = (answer.Accounts ?? []).flatMap(({ Id: id, Name: name = "", JoinedTimestamp, State }) => {
        const joined = JoinedTimestamp && { joinedAt: JoinedTimestamp.getTime() };
        const closed = State !== undefined && CLOSED.includes(State) && ({ closed: true } as const);
        return id ? [{ id, name, ...joined, ...closed }] : [];
      });
      return page(accounts, answer.NextToken);
    },
    tags: async (ResourceId, NextToken) => {
      const answer = await client.send(new ListTagsForResourceCommand({ ResourceId, NextToken }), options());
      const tags = (answer.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value] as const);
      return page(tags, answer.NextToken);
    },
  };
}

function page<Item>(items: readonly Item[], next: string | undefined) {
  return { items, ...(next !== undefined && { next }) };
}
