import { isObject, type JsonObject, objectAt, textAt } from "../read/json";

/**
 * Who made the call, in words.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function describeActor(userIdentity: unknown): string {
  if (!isObject(userIdentity)) return "unknown (the record names nobody)";
  const through = textAt(userIdentity, "invokedBy");
  const actor = nameActor(userIdentity);
  return through && userIdentity.type !== "AWSService" ? `${actor}, through ${through}` : actor;
}

function nameActor(identity: JsonObject): string {
  const arn = textAt(identity, "arn");
  const account = textAt(identity, "accountId") ?? "unknown";
  const userName = textAt(identity, "userName");
  switch (identity.type) {
    case "Root":
      return `root user of account ${account}`;
    case "IAMUser":
      return `IAM user ${userName ?? arn ?? textAt(identity, "principalId") ?? "unknown"} (account ${account})`;
    case "AssumedRole": {
      const issuer = objectAt(objectAt(identity, "sessionContext"), "sessionIssuer");
      const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(arn ?? "") ?? [];
      const name = textAt(issuer, "userName") ?? role ?? arn ?? "unknown";
      return `role ${name}${session ? `, session ${session}` : ""} (account ${account})`;
    }
    case "AWSService":
      return `AWS service ${textAt(identity, "invokedBy") ?? "unknown"}`;
    case "AWSAccount":
      return `somebody in account ${account}`;
    default: {
      const name = userName ?? arn ?? textAt(identity, "principalId") ?? "unknown";
      const type = textAt(identity, "type") ?? "caller";
      return `${type} ${name}`;
    }
  }
}
