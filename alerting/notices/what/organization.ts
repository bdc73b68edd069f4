import { objectAt } from "../../../detection/events/json";
import type { Call, Describers } from "./call";
import { itemsAt, listed, named, said } from "./values";

/** What an organization lets accounts and services do, and the stack sets that reach its accounts. */
export const ORGANIZATION: Describers = {
  RegisterDelegatedAdministrator: administrator,
  DeregisterDelegatedAdministrator: administrator,
  RegisterOrganizationDelegatedAdmin: ({ request }) => administratorOf(said(request.memberAccountId), "CloudTrail"),
  DeregisterOrganizationDelegatedAdmin: ({ request }) =>
    administratorOf(said(request.delegatedAdminAccountId), "CloudTrail"),
  EnableAWSServiceAccess: trustedAccess,
  DisableAWSServiceAccess: trustedAccess,
  "cloudformation:ActivateOrganizationsAccess": () => "trusted access of StackSets",
  "cloudformation:DeactivateOrganizationsAccess": () => "trusted access of StackSets",
  "organizations:PutResourcePolicy": () => "the organization's resource policy",
  "organizations:DeleteResourcePolicy": () => "the organization's resource policy",
  InviteOrganizationToTransferResponsibility: ({ request }) => {
    const { id, type } = objectAt(request, "target");
    const whom = said(id);
    return whom === undefined ? undefined : `billing transfer with ${type === "ACCOUNT" ? "account " : ""}${whom}`;
  },
  DeleteStackInstances: stackInstances,
  UpdateStackInstances: stackInstances,
};

function administrator({ request }: Call): string | undefined {
  return administratorOf(said(request.accountId), said(request.servicePrincipal));
}

function administratorOf(account: string | undefined, service: string | undefined): string | undefined {
  if (account === undefined) return undefined;
  return `account ${account} as administrator${service === undefined ? "" : ` of ${service}`}`;
}

function trustedAccess({ request }: Call): string | undefined {
  const service = said(request.servicePrincipal);
  return service === undefined ? undefined : `trusted access of ${service}`;
}

function stackInstances({ request }: Call): string | undefined {
  const name = named(request.stackSetName);
  if (name === undefined) return undefined;
  const targets = objectAt(request, "deploymentTargets");
  const units = listed(itemsAt(targets, "organizationalUnitIds").map((id) => said(id)));
  const ids = listed([...itemsAt(targets, "accounts"), ...itemsAt(request, "accounts")].map((id) => said(id)));
  const regions = listed(itemsAt(request, "regions").map((region) => said(region)));
  const where = [units, ids, regions].filter((part) => part !== undefined).join(", ");
  return `stack set ${name}${where === "" ? "" : ` in ${where}`}`;
}
