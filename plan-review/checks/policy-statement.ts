import { about } from "../evaluation/attribute";
import type { Check, Finding } from "../evaluation/check";
import { mayStay, type PlanContext } from "../evaluation/context";
import { policyChange, RESOURCE_POLICIES } from "../evaluation/policy-change";
import { metBySenders } from "../evaluation/senders";
import type { Change } from "../plan/plan";
import { aboutWhatStays } from "../policy/leaving";
import { type Loss, losses } from "../policy/lost";
import { withSenders } from "../policy/senders";
import type { Statement } from "../policy/statements";

/** Services that write to, send through or read from what monitoring is made of. */
const SERVICE =
  /^Service:(cloudtrail|events|sns|sqs|lambda|scheduler|logs(\.[a-z0-9-]+)?|cloudwatch|s3|firehose|dynamodb)\.amazonaws\.com(\.cn)?$/;

export const policyStatement: Check = {
  id: "policy-statement",
  title: "Resource policy no longer allows what the monitoring needs",
  why: "CloudTrail, EventBridge, SNS and the function depend on these statements. Without one of them, log files, events or alerts stop. The denied calls show only in a metric.",
  remediation:
    "Keep the statement as wide as it is. Narrow it only with conditions that its service meets, such as the trail's own `aws:SourceArn`.",
  looksAt: Object.fromEntries(Object.entries(RESOURCE_POLICIES).map(([type, { attribute }]) => [type, [attribute]])),
  limits:
    "Indeterminate: unreadable JSON; `NotAction` or `NotResource`; new denials with conditions; new `aws:SourceArn` or `aws:SourceAccount` conditions that the known trails, rules, topics or buckets meet.",
  evaluate: (change, context) => {
    const policy = policyChange(change, context);
    if (!policy) return [];
    const { attribute, before, after } = policy;
    if (before === undefined) return [];
    if (after === undefined)
      return [
        about(change, [attribute], false, "The policy may no longer allow every principal that the monitoring needs"),
      ];
    return findingsOn(
      losses(
        withSenders(aboutWhatStays(before, context.gone, (form) => mayStay(form, context))),
        after,
        (principal) => isNeeded(principal, change, context),
        usedByFunctions(change, context),
        (condition, principal) => metBySenders(condition, principal, context),
      ),
      change,
      attribute,
    );
  },
};

function isNeeded(principal: string | undefined, { type }: Change, context: PlanContext): boolean {
  if (principal === undefined) return false;
  if (SERVICE.test(principal)) return true;
  if (principal === "*") return /^aws_(sns|sqs|cloudwatch_event_bus)_/.test(type);
  // Who sends to a bus is another account, or an organization.
  if (type === "aws_cloudwatch_event_bus_policy") return true;
  // The account's root stands for the account's own IAM policies, by which the function uses keys.
  if (type.startsWith("aws_kms_") && /^AWS:\d{12}$/.test(principal)) return true;
  const arn = principal.replace(/^AWS:/, "");
  return context.functionRoles.includes(arn) || (context.arns.get("aws_iam_role") ?? []).includes(arn);
}

/** What functions do with what they read from, write to and publish to, by their own policies. */
const USES: Readonly<Record<string, readonly string[]>> = {
  s3: ["s3:GetObject"],
  sns: ["sns:Publish"],
  sqs: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:SendMessage"],
  kms: ["kms:Decrypt", "kms:GenerateDataKey"],
};

function usedByFunctions({ type }: Change, { functionRoles }: PlanContext): readonly Statement[] {
  const actions = USES[type.split("_")[1] ?? ""];
  const texts = functionRoles.map((role) => `AWS:${role}`);
  if (!actions || texts.length === 0) return [];
  const all = { not: false, texts: ["*"] };
  return [
    {
      allows: true,
      principals: { not: false, texts },
      actions: { not: false, texts: actions },
      resources: all,
      conditions: [],
      text: "",
    },
  ];
}

/** One finding for each way in which something is lost, with who and what. */
function findingsOn(lost: readonly Loss[], change: Change, attribute: string): readonly Finding[] {
  return lost.map(({ principal, action, how }) => ({
    weakens: how !== "indeterminate" && how !== "denied under some conditions",
    what: WORDS[how],
    attribute,
    before: change.isSensitive([attribute])
      ? "(sensitive)"
      : `allows ${(principal ?? "the role").replace(/^(Service|AWS):/, "")} to call ${action}`,
    after: how,
  }));
}

const WORDS: Readonly<Record<Loss["how"], string>> = {
  "no longer allowed": "A principal that the monitoring needs is no longer allowed",
  "allowed under narrower conditions":
    "A principal that the monitoring needs is allowed only under narrower conditions",
  denied: "A principal that the monitoring needs is denied",
  "denied under some conditions": "A new statement may deny a principal that the monitoring needs",
  indeterminate: "The policy may no longer allow every principal that the monitoring needs",
};
