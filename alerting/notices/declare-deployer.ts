import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { identityOf } from "../../detection/events/identity";
import { objectAt, textAt } from "../../detection/events/json";
import { outcomeOf } from "../../detection/events/outcome";
import { isByMonitor } from "./own-parts";
import { isConsole } from "./record-facts";

/** ARNs of what can be a deployer. */
const DEPLOYER = /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/[\w+=,.@/-]{1,576}$/;

/**
 * Roles and users that people, services or emergencies use: who has one of them may do anything, so it must never change the
 * monitor unseen. By path and name.
 */
const NEVER = new RegExp(
  [
    "admin|root|break.?glass|glass.?break|emergency|power.?user|super.?user|full.?(access|control)|sudo|god.?mode|owner|on.?call",
    "(?<![a-z])(adm|sso|entra)(?![a-z])|saml|okta|adfs|azure.?ad|federat|human",
    "/aws-reserved/|/aws-service-role/|AWSReservedSSO|AWSServiceRoleFor|AWSControlTower|AWSAFT|AWSAccelerator",
    "AccountAccessRole|StackSetExecutionRole|stacksets-exec-|cfn-exec-role",
  ].join("|"),
  "i",
);

/**
 * How to have a deployment of the monitor alert no more. Undefined where deployers are judged like anybody else, where the
 * call did nothing, and of callers who can't be declared: the root user, services, principals of other accounts, the monitor
 * itself.
 *
 * Of an administrator's, a person's or an emergency role it says what to do instead.
 */
export function declareDeployer(
  { deployers }: Detection,
  record: CloudTrailRecord,
  prefix?: string,
): string | undefined {
  if (deployers !== "ignored" || outcomeOf(record).kind !== "succeeded") return undefined;
  if (isByMonitor(record, prefix)) return undefined;
  const { kind, arn = "" } = identityOf(record.userIdentity);
  if (kind !== "role" && kind !== "user") return undefined;
  const [, account] = DEPLOYER.exec(arn) ?? [];
  if (account === undefined || account !== (textAt(record, "recipientAccountId") ?? account)) return undefined;
  if (NEVER.test(arn.slice(arn.indexOf(":iam::"))) || isPerson(record)) {
    return "If it was a deployment of the monitor: deploy it with a dedicated role, and add that role to deployers in the configuration. Don't add this caller: what a person, an administrator or an emergency uses must not change the monitor unseen.";
  }
  return `If this is the role or user that deploys the monitor, and only then, add "${arn}" to deployers in the configuration, and deploy: its deployments then send no alert.`;
}

/** Someone in the console, who has signed in with MFA, or whose session or user has an address of e-mail for a name. */
function isPerson(record: CloudTrailRecord): boolean {
  const { arn = "", session = "", sourceIdentity = "" } = identityOf(record.userIdentity);
  if ([arn, session, sourceIdentity].some((name) => name.includes("@"))) return true;
  const attributes = objectAt(objectAt(objectAt(record, "userIdentity"), "sessionContext"), "attributes");
  return isConsole(record) || String(attributes.mfaAuthenticated) === "true";
}
