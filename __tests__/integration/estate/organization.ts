import { CreateAccountCommand, CreateOrganizationCommand, ListRootsCommand } from "@aws-sdk/client-organizations";
import { DEMO_ACCOUNT } from "../../../cli/demo/synthesized-stack";
import { Account } from "../moto/account";

/** An organization with its accounts, by their names. */
export interface OrganizationAccounts {
  readonly id: string;
  readonly root: string;
  /** The account that owns the organization, and in which trailwarden is deployed. */
  readonly central: Account;
  readonly members: ReadonlyMap<string, Account>;
}

/** Creates the organization, owned by the account that moto runs as, and its member accounts. */
export async function createOrganization(endpoint: string, names: readonly string[]): Promise<OrganizationAccounts> {
  const central = Account.own(DEMO_ACCOUNT, endpoint);
  const client = central.organizations();
  try {
    const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
    const { Roots } = await client.send(new ListRootsCommand({}));
    const members = new Map<string, Account>();
    for (const name of names) {
      const { CreateAccountStatus } = await client.send(
        new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }),
      );
      members.set(name, await Account.assumed(CreateAccountStatus?.AccountId ?? "", endpoint));
    }
    return { id: Organization?.Id ?? "", root: Roots?.[0]?.Id ?? "", central, members };
  } finally {
    client.destroy();
  }
}
