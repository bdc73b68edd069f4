import { objectAt } from "../../../detection/events/json";
import type { Call, Describers } from "./call";
import { functionNamed } from "./machines";
import { letsIn, permits, principalName } from "./policy";
import { itemsAt, kindOfArn, listed, named, said } from "./values";

/** Policies of resources and of identities: whom they let in, and to what. */
export const POLICIES: Describers = {
  PutBucketPolicy: ({ request, account }) => resource("bucket", request.bucketName, request.bucketPolicy, account),
  PutKeyPolicy: ({ request, account }) => resource("key", request.keyId, request.policy, account),
  PutResourcePolicy: ({ request, account }) => {
    const arn = request.resourceArn ?? request.secretId;
    const kind = typeof arn === "string" ? kindOfArn(arn) : undefined;
    return resource(kind ?? "resource", arn, request.policy ?? request.resourcePolicy, account);
  },
  SetQueueAttributes: ({ request, account }) => {
    const { Policy } = objectAt(request, "attributes");
    return Policy === undefined ? undefined : resource("queue", request.queueUrl, Policy, account);
  },
  SetTopicAttributes: ({ request, account }) =>
    request.attributeName === "Policy"
      ? resource("topic", request.topicArn, request.attributeValue, account)
      : undefined,
  "sqs:AddPermission": (call) => permission("queue", call.request.queueUrl, call, "actions"),
  "sns:AddPermission": (call) => permission("topic", call.request.topicArn, call, "actionNames"),
  "lambda:AddPermission": ({ request, account }) => {
    const action = named(typeof request.action === "string" ? request.action.replace(/^lambda:/, "") : undefined);
    const whom = principalName(request.principal, account);
    if (action === undefined || whom === undefined) return undefined;
    const url = request.functionUrlAuthType === "NONE" ? " without authentication" : "";
    return functionNamed(request, `${action} by ${whom}${url}`);
  },
  UpdateAssumeRolePolicy: ({ request, account }) => trust(request.roleName, request.policyDocument, account),
  CreateRole: ({ request, account }) => trust(request.roleName, request.assumeRolePolicyDocument, account),
  CreateGrant: ({ request, account }) => {
    const key = named(request.keyId);
    const whom = principalName(request.granteePrincipal, account);
    if (key === undefined || whom === undefined) return undefined;
    const operations = listed(itemsAt(request, "operations").map((operation) => said(operation)));
    return `key ${key} granted to ${whom}${operations === undefined ? "" : `: ${operations}`}`;
  },
  PutUserPolicy: inline,
  PutRolePolicy: inline,
  PutGroupPolicy: inline,
  CreatePolicy: ({ request, service }) => {
    const name = said(request.policyName);
    const what = permits(request.policyDocument);
    if (service !== "iam" || name === undefined) return undefined;
    return `policy ${name}${what === undefined ? "" : `: ${what}`}`;
  },
  CreatePolicyVersion: ({ request, response }) => {
    const policy = named(request.policyArn);
    if (policy === undefined) return undefined;
    const version = said(objectAt(response, "policyVersion").versionId) ?? "new version";
    const what = permits(request.policyDocument);
    const isDefault = String(request.setAsDefault) === "true" ? " as the default" : "";
    return `policy ${policy}: ${version}${isDefault}${what === undefined ? "" : `, ${what}`}`;
  },
};

function resource(kind: string, name: unknown, policy: unknown, account: string | undefined): string | undefined {
  const thing = named(name);
  if (thing === undefined) return undefined;
  const what = letsIn(policy, account);
  return what === undefined ? `policy of ${kind} ${thing}` : `${kind} ${thing}: policy ${what}`;
}

function permission(kind: string, name: unknown, { request, account }: Call, actions: string): string | undefined {
  const thing = named(name);
  const whom = listed(itemsAt(request, "aWSAccountIds").map((id) => principalName(id, account)));
  if (thing === undefined || whom === undefined) return undefined;
  const what = listed(itemsAt(request, actions).map((action) => said(action)));
  return `${kind} ${thing}: policy allows ${whom}${what === undefined ? "" : ` ${what}`}`;
}

function trust(roleName: unknown, policy: unknown, account: string | undefined): string | undefined {
  const role = said(roleName);
  if (role === undefined) return undefined;
  const what = letsIn(policy, account);
  return `role ${role}${what === undefined ? "" : `: trust policy ${what}`}`;
}

function inline({ request }: Call): string | undefined {
  const { policyName, policyDocument, userName, roleName, groupName } = request;
  const policy = said(policyName);
  const holders: readonly (readonly [string, unknown])[] = [
    ["user", userName],
    ["role", roleName],
    ["group", groupName],
  ];
  const holder = holders.flatMap(([kind, value]) => {
    const name = said(value);
    return name === undefined ? [] : [`${kind} ${name}`];
  })[0];
  if (policy === undefined || holder === undefined) return undefined;
  const what = permits(policyDocument);
  return `inline policy ${policy} on ${holder}${what === undefined ? "" : `: ${what}`}`;
}
