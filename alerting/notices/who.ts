import type { Identity } from "../../detection/events/identity";
import { isPermissionSetSession } from "../../detection/events/identity-center";
import { oneLine } from "../../detection/events/text";
import { PERMISSION_SET } from "./contain-role";
import { accountName, type Labels, NO_LABELS } from "./labels";

/** Characters of a name; IAM's longest have 64. */
const NAME = 64;

/**
 * Who made a call, as short as a reader knows them. The form says what vouches for the name, and no caller can choose a name
 * that reads as another form:
 *
 * * `ann`: an IAM user
 * * `ann@example.com (AdministratorAccess)`: a user of Identity Center with the permission set; Identity Center has set the name
 * * `deploy/i-0abc`: a role and its session. Whoever asks for the session chooses its name, so the role stands first
 * * `bob/admin (federated)`: a session of GetFederationToken, behind the user that issued it
 * * `root`, `AssumeRoot session`, `cloudformation.amazonaws.com`, `anonymous`
 * * ` of staging` or ` of 444455556666` behind a caller of another account than the call was made in
 *
 * @param calledAccount the account that the call was made in
 */
export function whoShort(identity: Identity, calledAccount?: string, labels: Labels = NO_LABELS): string {
  return whoForms(identity, calledAccount, labels)[0] ?? "unknown caller";
}

/** The same, and shorter ones of the same meaning for where there is less room: without the domain, without the session. */
export function whoForms(
  identity: Identity,
  calledAccount: string | undefined,
  labels: Labels = NO_LABELS,
): readonly string[] {
  const { account, kind } = identity;
  const isForeign =
    kind !== "service" && account !== undefined && account !== calledAccount && /^\d{12}$/.test(account);
  const known = isForeign && (calledAccount !== undefined || kind === "account");
  const where = known ? ` of ${accountName(account, labels) ?? account}` : "";
  return [...new Set(formsOf(identity))].map((form) => `${form}${where}`);
}

function formsOf(identity: Identity): readonly string[] {
  const { kind, session, sourceIdentity, type } = identity;
  const name = part(lastOf(identity.name));
  switch (kind) {
    case "root":
      return ["root"];
    case "assumed-root":
      return sourceIdentity === undefined
        ? ["AssumeRoot session"]
        : [...withoutDomain(part(sourceIdentity)).map((by) => `AssumeRoot by ${by}`), "AssumeRoot session"];
    case "user":
      return withoutDomain(name);
    case "role": {
      if (session === undefined) return [`role ${name}`];
      const set = isPermissionSetSession(identity) ? PERMISSION_SET.exec(identity.name)?.[1] : undefined;
      const sessions = withoutDomain(part(session));
      if (set === undefined) return [...sessions.map((of) => `${name}/${of}`), `role ${name}`];
      return [...sessions.map((of) => `${of} (${part(set)})`), ...sessions.map((of) => `${of} (SSO)`)];
    }
    case "federated-user":
      return session === undefined
        ? [`${name} (federated)`]
        : [...withoutDomain(part(session)).map((of) => `${name}/${of} (federated)`), `${name} (federated)`];
    case "identity-center-user":
      return [
        ...withoutDomain(name).map((of) => `${of} (Identity Center)`),
        ...withoutDomain(name).map((of) => `${of} (SSO)`),
      ];
    case "service":
      return [name];
    case "account":
      return accountForms(identity, name);
    case "other": {
      const vouched = { SAMLUser: "SAML", WebIdentityUser: "web identity", Directory: "directory" };
      const how = Object.hasOwn(vouched, type) ? vouched[type as keyof typeof vouched] : part(type);
      const whole = part(identity.name, "/");
      return whole === "unknown" ? ["unknown caller"] : [`${whole} (${how})`];
    }
  }
}

/** A caller of another account, of whom records have an id at the best. */
function accountForms({ account, principal, session, name }: Identity, id: string): readonly string[] {
  if ([account, principal].some((text) => /^anonymous(_principal)?$/i.test(text ?? ""))) return ["anonymous"];
  if (name === "unknown" || name === account) return ["a caller"];
  return [...(session === undefined ? [] : [`${id}/${part(session)}`]), id, "a caller"];
}

/** `ann@example.com`, `ann@...`: the sign stays, so that it can't be taken for another name. */
function withoutDomain(name: string): readonly string[] {
  const at = name.indexOf("@");
  return at > 0 && name.length - at > 4 ? [name, `${name.slice(0, at)}@...`] : [name];
}

/** A name without the signs that make up the forms: IAM allows none of them in names. */
function part(text: string, allowed = ""): string {
  const line = oneLine(text, NAME);
  return (allowed === "/" ? line.replace(/[\s()]+/g, "_") : line.replace(/[\s()/]+/g, "_")) || "unknown";
}

/** Where the record has no name, the identity's is an ARN. */
function lastOf(name: string): string {
  return name.startsWith("arn:") ? (/[/:]([^/:]+)$/.exec(name)?.[1] ?? name) : name;
}
