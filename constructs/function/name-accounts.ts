import type { MonitoredOrganization } from "../../config/function-environment/variables";

/**
 * What asks AWS Organizations for accounts, organizational units and tags.
 *
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export function nameAccounts({ id, managementAccount }: MonitoredOrganization, partition: string) {
  const arn = (kind: string, name: string) =>
    `arn:${partition}:organizations::${managementAccount}:${kind}/${id}/${name}`;
  return [
    // This call names no resource.
    { Sid: "FindOrganizationRoots", Effect: "Allow", Action: "organizations:ListRoots", Resource: "*" },
    {
      Sid: "ListOrganizationAccounts",
      Effect: "Allow",
      Action: ["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent"],
      Resource: [arn("root", "r-*"), arn("ou", "ou-*")],
    },
    {
      Sid: "ReadAccountTags",
      Effect: "Allow",
      Action: "organizations:ListTagsForResource",
      Resource: arn("account", "*"),
    },
  ] as const;
}
