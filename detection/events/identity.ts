import { isObject, type JsonObject, objectAt, textAt } from "./json";

/** What kind of caller a record names; `assumed-root` is a privileged root session (AssumeRoot), not the root user. */
export type IdentityKind =
  | "root"
  | "assumed-root"
  | "user"
  | "role"
  | "federated-user"
  | "identity-center-user"
  | "account"
  | "service"
  | "other";

/**
 * Who made a call. Alert text, group key and containment command are all made from this, so that they name the same caller.
 *
 * Values are the record's own: they may hold anything that a caller chose to write.
 */
export interface Identity {
  readonly kind: IdentityKind;
  /** The record's `userIdentity.type`. */
  readonly type: string;
  /** Account of the caller, which is not always the account that the call was made in. */
  readonly account: string | undefined;
  /** Name of the user, role, or service; the nearest thing to one for others. Of a federated user: who issued the session. */
  readonly name: string;
  /** What stays the same over the caller's sessions: an ARN or a principal id. */
  readonly principal: string;
  /** ARN of the user or of the role that the session was issued for (with its path, where the record has it). */
  readonly arn: string | undefined;
  /** Name of a role's or federated user's session; whoever asks for the session chooses it. */
  readonly session: string | undefined;
  /** Set when the session's chain of roles began, and unchangeable from there on. */
  readonly sourceIdentity: string | undefined;
  /** The IAM Identity Center user (`userId`) for whom the call was made. */
  readonly onBehalfOf: string | undefined;
  /** Of a SAML or web identity user: who vouched for them. */
  readonly provider: string | undefined;
  /** ARN of the resource, such as a Lambda function, whose credentials made the call. */
  readonly inScopeOf: string | undefined;
  readonly accessKeyId: string | undefined;
  /** Of an IAM Identity Center user: stands for the credentials as an access key does. */
  readonly credentialId: string | undefined;
  /** The service that made the call in the caller's name. */
  readonly through: string | undefined;
}

/**
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 *
 * @param userIdentity the record's field, unchecked
 */
export function identityOf(userIdentity: unknown): Identity {
  const identity = isObject(userIdentity) ? userIdentity : {};
  const text = (field: string) => textAt(identity, field);
  const context = objectAt(identity, "sessionContext");
  const issuer = objectAt(context, "sessionIssuer");
  const scope = objectAt(identity, "inScopeOf");
  const type = text("type") ?? "unknown";
  const kind = kindOf(type, context, issuer);
  const arn = text("arn");
  const [principalId, principalSession] = withoutSession(kind, text("principalId"));
  const [, role, session] = SESSION_OF[kind]?.exec(arn ?? "") ?? [];
  const onBehalfOf = textAt(objectAt(identity, "onBehalfOf"), "userId");
  const issued = kind === "role" || kind === "federated-user";
  return {
    kind,
    type,
    account: text("accountId"),
    name:
      named(kind, identity, issuer, role, onBehalfOf) ??
      (issued ? principalId : arn) ??
      principalId ??
      onBehalfOf ??
      "unknown",
    principal: principalOf(kind, identity, issuer, principalId, onBehalfOf),
    arn: issued ? textAt(issuer, "arn") : arn,
    session: session ?? principalSession,
    sourceIdentity: textAt(context, "sourceIdentity"),
    onBehalfOf,
    provider: text("identityProvider"),
    inScopeOf: textAt(scope, "credentialsIssuedTo") ?? textAt(scope, "sourceArn"),
    accessKeyId: text("accessKeyId"),
    credentialId: text("credentialId"),
    through: kind === "service" ? undefined : text("invokedBy"),
  };
}

/**
 * Whether the record names who made the call. That of the account whose resource was called often has no more than the caller's account
 * and an id; that of the caller's own account has all.
 *
 * @param userIdentity the record's field, unchecked
 */
export function namesCaller(userIdentity: unknown): boolean {
  const { kind, principal } = identityOf(userIdentity);
  return kind !== "account" && kind !== "service" && principal !== "unknown";
}

/** Where a session's ARN has what stays the same, and the session's name. */
const SESSION_OF: { readonly [kind in IdentityKind]?: RegExp } = {
  role: /:assumed-role\/([^/]+)\/(.+)$/s,
  "federated-user": /:(federated-user)\/(.+)$/s,
};

function kindOf(type: string, context: JsonObject, issuer: JsonObject): IdentityKind {
  switch (type) {
    case "Root":
      // AWS's page shows text; other flags of records have been seen as either.
      return context.assumedRoot === true || textAt(context, "assumedRoot")?.toLowerCase() === "true"
        ? "assumed-root"
        : "root";
    case "IAMUser":
      return "user";
    case "AssumedRole":
    case "Role":
      return "role";
    case "FederatedUser":
      return "federated-user";
    case "IdentityCenterUser":
      return "identity-center-user";
    case "AWSAccount":
      return "account";
    case "AWSService":
      return "service";
    default:
      return textAt(issuer, "type") === "Role" ? "role" : "other";
  }
}

function named(
  kind: IdentityKind,
  identity: JsonObject,
  issuer: JsonObject,
  role: string | undefined,
  onBehalfOf: string | undefined,
): string | undefined {
  switch (kind) {
    case "role":
      return textAt(issuer, "userName") ?? role ?? lastOf(textAt(issuer, "arn")) ?? lastOf(textAt(identity, "arn"));
    case "federated-user":
      return textAt(issuer, "userName") ?? lastOf(textAt(issuer, "arn"));
    case "service":
      return textAt(identity, "invokedBy");
    case "identity-center-user":
      return textAt(identity, "userName") ?? onBehalfOf;
    case "user":
    case "other":
      return textAt(identity, "userName");
    default:
      return undefined;
  }
}

function principalOf(
  kind: IdentityKind,
  identity: JsonObject,
  issuer: JsonObject,
  principalId: string | undefined,
  onBehalfOf: string | undefined,
): string {
  const arn = textAt(identity, "arn");
  const principal =
    textAt(issuer, "arn") ??
    // Without an issuer, the session's name is cut off.
    arn?.replace(/(:(?:assumed-role|federated-user)\/[^/]+)\/.*$/s, "$1") ??
    principalId ??
    onBehalfOf;
  if (principal !== undefined) return kind === "assumed-root" ? `AssumeRoot ${principal}` : principal;
  const fields = ["type", "accountId", "userName", "identityProvider", "invokedBy"];
  const rest = fields.flatMap((field) => textAt(identity, field) ?? []);
  return [...(kind === "assumed-root" ? ["AssumeRoot"] : []), ...rest].join(" ") || "unknown";
}

/** A principal id such as `AROAEXAMPLE:session`, taken apart where a session may have made the call. */
function withoutSession(
  kind: IdentityKind,
  principalId: string | undefined,
): readonly [id: string | undefined, session: string | undefined] {
  const colon = principalId?.indexOf(":") ?? -1;
  if (principalId === undefined || colon < 0 || !["role", "account", "federated-user"].includes(kind)) {
    return [principalId, undefined];
  }
  return [principalId.slice(0, colon), principalId.slice(colon + 1) || undefined];
}

/** The name at the end of an ARN. */
function lastOf(arn: string | undefined): string | undefined {
  return arn && /[/:]([^/:]+)$/.exec(arn)?.[1];
}
