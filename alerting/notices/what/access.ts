import { identityOf } from "../../../detection/events/identity";
import { type JsonObject, objectAt, textAt } from "../../../detection/events/json";
import type { Call, Describers } from "./call";
import { accountOf, itemsAt, listed, named, objectsAt, said } from "./values";

/** Keys, passwords, sign-ins, sessions and accounts. */
export const ACCESS: Describers = {
  ConsoleLogin: () => "console sign-in",
  PasswordUpdated: () => "root user's password",
  PasswordRecoveryRequested: () => "root user's password recovery",
  PasswordRecoveryCompleted: () => "root user's password recovery",
  CreateAccessKey: ({ request, response, record }) => {
    const key = said(objectAt(response, "accessKey").accessKeyId);
    return `${key === undefined ? "access key" : `access key ${key}`} for ${userIn(request, record)}`;
  },
  UpdateAccessKey: ({ request, record }) => keyOf(request, record, said(request.status)),
  DeleteAccessKey: ({ request, record }) => keyOf(request, record),
  CreateLoginProfile: ({ request, record }) => `console password for ${userIn(request, record)}`,
  UpdateLoginProfile: ({ request, record }) => `console password for ${userIn(request, record)}`,
  DeactivateMFADevice: ({ request, record }) => {
    const device = named(request.serialNumber);
    return `MFA device ${device === undefined ? "" : `${device} `}of ${userIn(request, record)}`;
  },
  DeleteUserPermissionsBoundary: ({ request }) => boundaryOf("user", request.userName),
  DeleteRolePermissionsBoundary: ({ request }) => boundaryOf("role", request.roleName),
  AssumeRole: assumedRole,
  AssumeRoleWithSAML: assumedRole,
  AssumeRoleWithWebIdentity: assumedRole,
  AssumeRoot: ({ request }) => {
    const account = said(request.targetPrincipal);
    const task = named(objectAt(request, "taskPolicyArn").arn);
    if (account === undefined) return undefined;
    return `root of account ${named(request.targetPrincipal)}${task === undefined ? "" : ` for ${task}`}`;
  },
  GetFederationToken: ({ request, response }) => {
    const key = said(objectAt(response, "credentials").accessKeyId);
    const name = said(request.name);
    if (name === undefined) return undefined;
    return `federated user ${name}${key === undefined ? "" : ` with access key ${key}`}`;
  },
  BatchGetSecretValue: ({ request }) => {
    const secrets = listed(itemsAt(request, "secretIdList").map((secret) => named(secret)));
    const wanted = listed(
      objectsAt(request, "filters").flatMap((filter) => itemsAt(filter, "values").map((value) => said(value))),
    );
    return secrets === undefined ? wanted && `secrets that match ${wanted}` : `secrets ${secrets}`;
  },
  LeaveOrganization: ({ account }) => `account ${account ?? "unknown"}`,
  MoveAccount: ({ request }) => {
    const [account, from, to] = [request.accountId, request.sourceParentId, request.destinationParentId].map((id) =>
      said(id),
    );
    return account === undefined || from === undefined || to === undefined
      ? undefined
      : `account ${account} from ${from} to ${to}`;
  },
  InviteAccountToOrganization: ({ request }) => {
    const { id, type } = objectAt(request, "target");
    const whom = said(id);
    return whom === undefined ? undefined : `${type === "ACCOUNT" ? "account " : ""}${whom}`;
  },
  TransferDomainToAnotherAwsAccount: domainTransfer,
  transferDomainToAnotherAwsAccount: domainTransfer,
  PushDomain: ({ request }) => domainTo(request, said(request.target)),
  pushDomain: ({ request }) => domainTo(request, said(request.target)),
  AssociateAccessPolicy: ({ request }) => {
    const [policy, principal, cluster] = [request.policyArn, request.principalArn, request.name].map((name) =>
      named(name),
    );
    return policy === undefined || principal === undefined || cluster === undefined
      ? undefined
      : `policy ${policy} for ${kindOfPrincipal(request.principalArn)}${principal} in cluster ${cluster}`;
  },
};

/** The user that a request names; without a name, the caller. */
function userIn(request: JsonObject, record: JsonObject): string {
  const user = said(request.userName);
  if (user !== undefined) return `user ${user}`;
  const { kind, name } = identityOf(record.userIdentity);
  if (kind === "root" || kind === "assumed-root") return "the root user";
  return kind === "user" ? `user ${said(name) ?? "unknown"}` : "the caller";
}

function keyOf(request: JsonObject, record: JsonObject, status?: string): string | undefined {
  const key = said(request.accessKeyId);
  if (key === undefined) return undefined;
  return `access key ${key} of ${userIn(request, record)}${status === undefined ? "" : `: ${status}`}`;
}

function boundaryOf(kind: string, value: unknown): string | undefined {
  const name = said(value);
  return name === undefined ? undefined : `permissions boundary of ${kind} ${name}`;
}

function assumedRole({ request, account }: Call): string | undefined {
  const arn = textAt(request, "roleArn");
  const role = named(arn);
  if (arn === undefined || role === undefined) return undefined;
  const session = said(request.roleSessionName);
  const owner = accountOf(arn);
  const elsewhere = owner !== undefined && owner !== account ? ` of account ${said(owner)}` : "";
  return `role ${role}${elsewhere}${session === undefined ? "" : ` as session ${session}`}`;
}

function domainTransfer({ request }: Call): string | undefined {
  const account = said(request.accountId);
  return domainTo(request, account === undefined ? undefined : `account ${account}`);
}

function domainTo(request: JsonObject, to: string | undefined): string | undefined {
  const domain = said(request.domainName) ?? said(objectAt(request, "domainName").name);
  if (domain === undefined) return undefined;
  return `domain ${domain}${to === undefined ? "" : ` to ${to}`}`;
}

function kindOfPrincipal(arn: unknown): string {
  const kind = typeof arn === "string" ? /(?::|%3A)(role|user)(?:\/|%2F)/i.exec(arn)?.[1] : undefined;
  return kind === undefined ? "" : `${kind.toLowerCase()} `;
}
