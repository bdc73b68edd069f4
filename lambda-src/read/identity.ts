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
  /** Name of the user, role, or service; the nearest thing to one for others. */
  readonly name: string;
  /** What stays the same over the caller's sessions: an ARN or a principal id. */
  readonly principal: string;
  /** ARN of the user or of the role that the session was issued for (with its path, where the record has it). */
  readonly arn: string | undefined;
  /** Name of a role's session; whoever assumes the role chooses it. */
  readonly session: string | undefined;
  readonly accessKeyId: string | undefined;
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
  const type = text("type") ?? "unknown";
  const kind = kindOf(type, context, issuer);
  const arn = text("arn");
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/s.exec(arn ?? "") ?? [];
  const [principalId, principalSession] = split(text("principalId"));
  const onBehalfOf = textAt(objectAt(identity, "onBehalfOf"), "userId");
  const through = kind === "service" ? undefined : text("invokedBy");
  const ownArn = kind === "role" || kind === "federated-user" ? textAt(issuer, "arn") : arn;
  const name = {
    root: undefined,
    "assumed-root": undefined,
    user: text("userName"),
    role: textAt(issuer, "userName") ?? role,
    "federated-user": textAt(issuer, "userName"),
    "identity-center-user": text("userName") ?? onBehalfOf,
    account: undefined,
    service: text("invokedBy"),
    other: text("userName") ?? onBehalfOf,
  }[kind];
  const rest = ["type", "accountId", "userName", "invokedBy"].flatMap((field) => text(field) ?? []).join(" ");
  return {
    kind,
    type,
    account: text("accountId"),
    name: name ?? arn ?? text("principalId") ?? onBehalfOf ?? "unknown",
    principal:
      textAt(issuer, "arn") ??
      arn?.replace(/(:assumed-role\/[^/]+)\/.*$/s, "$1") ??
      (kind === "role" || kind === "account" ? principalId : text("principalId")) ??
      onBehalfOf ??
      (rest || "unknown"),
    arn: ownArn,
    session: session ?? (kind === "role" || kind === "account" ? principalSession : undefined),
    accessKeyId: text("accessKeyId"),
    through,
  };
}

function kindOf(type: string, context: JsonObject, issuer: JsonObject): IdentityKind {
  switch (type) {
    case "Root":
      return String(context.assumedRoot) === "true" ? "assumed-root" : "root";
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

/** A principal id such as `AROAEXAMPLE:session`. */
function split(principalId: string | undefined): readonly [id: string | undefined, session: string | undefined] {
  const colon = principalId?.indexOf(":") ?? -1;
  return principalId === undefined || colon < 0
    ? [principalId, undefined]
    : [principalId.slice(0, colon), principalId.slice(colon + 1) || undefined];
}
