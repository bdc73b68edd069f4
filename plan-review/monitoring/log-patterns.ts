import { type Condition, conditionsIn, parseFilter, type Selector, type Term } from "../filter/parse";

/** Fields that CloudTrail's records have, and hardly any other log. */
const FIELDS = [
  ...[
    "userIdentity",
    "eventSource",
    "additionalEventData",
    "recipientAccountId",
    "responseElements",
    "serviceEventDetails",
  ],
  ...["managementEvent", "tlsDetails", "sessionCredentialFromConsole", "sharedEventID", "vpcEndpointId"],
];
/** Fields that other logs have as well: what they are compared with decides. */
const VALUES: Readonly<Record<string, RegExp>> = {
  eventName:
    /^\*?(Accept|Activate|Add|Allocate|Assign|Associate|Assume|Attach|Authorize|Batch|Cancel|Change|Check|Console|Copy|Create|Deactivate|Decrypt|Delete|Deregister|Describe|Detach|Disable|Disassociate|Enable|Encrypt|Exit|Export|Federate|Generate|Get|Head|Import|Invite|Invoke|Issue|Leave|List|Lookup|Modify|Move|Publish|Purchase|Put|Reboot|Register|Reject|Release|Remove|Replace|Request|Reset|Restore|Resync|Retire|Revoke|Run|Schedule|Send|Set|Share|Start|Stop|Switch|Tag|Terminate|Transfer|Unassign|Untag|Update|Upload)(\*|[A-Z])/,
  errorCode: /AccessDenied|Unauthorized|Throttling|VpceAccess|InvalidClientTokenId|^\*?Client\./,
  errorMessage: /^Failed authentication$|^No username found/,
  eventType: /^\*?Aws/,
  eventCategory: /^(Management|Data|Insight|NetworkActivity)$/,
  eventVersion: /^1\./,
  readOnly: /^(true|false)$/,
};

/** Whether a filter pattern of CloudWatch Logs asks for what stands in CloudTrail's records. */
export function asksForCloudTrail(pattern: string): boolean {
  const formula = parseFilter(pattern);
  // What isn't read here, such as a new operator, still has its fields.
  if (!formula) return /^\s*\{.*\$\.(userIdentity|eventSource)\b/s.test(pattern);
  return conditionsIn(formula).some(isCloudTrails);
}

function isCloudTrails({ selector, term }: Condition): boolean {
  const field = fieldOf(selector);
  if (FIELDS.includes(field)) return true;
  const values = Object.hasOwn(VALUES, field) ? VALUES[field] : undefined;
  return values !== undefined && selector.steps.length === at(selector) + 1 && values.test(textOf(term));
}

/** CloudTrail's events of EventBridge, written to a log group, have the record in `detail`. */
function at({ steps }: Selector): number {
  return steps[0] === "detail" ? 1 : 0;
}

function fieldOf(selector: Selector): string {
  return String(selector.steps[at(selector)] ?? "");
}

/** What a term asks for: of a regular expression, without its anchors and wildcards. */
function textOf(term: Term | undefined): string {
  const text = term?.text ?? "";
  return term?.form === "regex" ? text.replace(/^\^|\$$/g, "").replaceAll(".*", "*") : text;
}
