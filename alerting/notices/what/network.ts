import { isObject, type JsonObject, objectAt, textAt } from "../../../detection/events/json";
import type { Call, Describers } from "./call";
import { countAt, flagAt, itemsOf, listed, objectsAt, said } from "./values";

/** Network: who reaches what. */
export const NETWORK: Describers = {
  AuthorizeSecurityGroupIngress: (call) => securityGroup(call, "open to"),
  AuthorizeSecurityGroupEgress: (call) => securityGroup(call, "open outward to"),
  RevokeSecurityGroupIngress: (call) => securityGroup(call, "closed to"),
  RevokeSecurityGroupEgress: (call) => securityGroup(call, "closed outward to"),
  ModifySecurityGroupRules: modifiedRules,
  CreateNetworkAclEntry: aclEntry,
  ReplaceNetworkAclEntry: aclEntry,
  DeleteNetworkAclEntry: aclEntry,
  CreateRoute: route,
  ReplaceRoute: route,
};

function securityGroup({ request }: Call, open: string): string | undefined {
  const group = said(request.groupId ?? request.groupName);
  const permissions = objectsAt(request, "ipPermissions");
  // An older form of the call has one rule beside the list.
  const rules = (permissions.length > 0 ? permissions : [request]).map((rule) => {
    const from = listed(sourcesOf(rule), 2);
    return from === undefined ? undefined : `${portsOf(rule.ipProtocol, rule.fromPort, rule.toPort)} ${open} ${from}`;
  });
  const all = listed(rules, 2);
  if (all === undefined) return undefined;
  return group === undefined ? all : `${all} in ${group}`;
}

/** Addresses, prefix lists and other groups of a rule. */
function sourcesOf(rule: JsonObject): readonly (string | undefined)[] {
  const inside = (list: string, field: string) => objectsAt(rule, list).map((item) => said(item[field]));
  return [
    said(rule.cidrIp),
    ...inside("ipRanges", "cidrIp"),
    ...inside("ipv6Ranges", "cidrIpv6"),
    ...inside("prefixListIds", "prefixListId"),
    ...inside("groups", "groupId"),
  ];
}

function modifiedRules({ request }: Call): string | undefined {
  const inner = objectAt(request, "ModifySecurityGroupRulesRequest");
  const rules = itemsOf(inner.SecurityGroupRule).flatMap((item) => {
    const rule = isObject(item) ? objectAt(item, "SecurityGroupRule") : {};
    const from = said(rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupId);
    return from === undefined ? [] : [`${portsOf(rule.IpProtocol, rule.FromPort, rule.ToPort)} open to ${from}`];
  });
  const all = listed(rules, 2);
  const group = said(inner.GroupId);
  if (all === undefined) return undefined;
  return group === undefined ? all : `${all} in ${group}`;
}

/** `port 22`, `ports 3000-4000`, `UDP port 53`, `all traffic`. */
function portsOf(protocol: unknown, from: unknown, to: unknown): string {
  const name = String(protocol).toLowerCase();
  if (name === "-1" || name === "all") return "all traffic";
  const words: Readonly<Record<string, string>> = { tcp: "", "6": "", udp: "UDP ", "17": "UDP " };
  const known = Object.hasOwn(words, name) ? (words[name] ?? "") : undefined;
  if (known === undefined) return `protocol ${said(protocol) ?? "unknown"}`;
  const first = countAt({ from }, "from");
  const last = countAt({ to }, "to") ?? first;
  if (first === undefined || (first === 0 && last === 65_535)) return `all ${known}ports`;
  return first === last ? `${known}port ${first}` : `${known}ports ${first}-${last}`;
}

function aclEntry({ request }: Call): string | undefined {
  const acl = said(request.networkAclId);
  const rule = said(request.ruleNumber);
  if (acl === undefined || rule === undefined) return undefined;
  const direction = flagAt(request, "egress") === true ? "outbound" : "inbound";
  const block = said(request.cidrBlock ?? request.ipv6CidrBlock);
  const range = objectAt(request, "portRange");
  const ports = portsOf(request.aclProtocol, range.from, range.to);
  const what = block === undefined ? "" : `: ${said(request.ruleAction) ?? "changes"} ${ports} for ${block}`;
  return `${direction} rule ${rule} of ${acl}${what}`;
}

const NEXT = [
  "gatewayId",
  "natGatewayId",
  "transitGatewayId",
  "vpcPeeringConnectionId",
  "networkInterfaceId",
  "instanceId",
  "egressOnlyInternetGatewayId",
];

function route({ request }: Call): string | undefined {
  const to = said(request.destinationCidrBlock ?? request.destinationIpv6CidrBlock ?? request.destinationPrefixListId);
  const next = NEXT.flatMap((field) => textAt(request, field) ?? [])[0];
  const table = said(request.routeTableId);
  if (to === undefined || table === undefined) return undefined;
  return `route ${to}${next === undefined ? "" : ` through ${said(next)}`} in ${table}`;
}
