import { about } from "../judging/attribute";
import type { Estate } from "../judging/estate";
import { policyChange, RESOURCE_POLICIES } from "../judging/policy-change";
import { metBySenders } from "../judging/senders";
import type { Change } from "../plan/plan";
import { aboutWhatStays } from "../policy/leaving";
import { type Loss, losses } from "../policy/lost";
import { withSenders } from "../policy/senders";
import type { Statement } from "../policy/statements";
import type { Check, Finding } from "./check";

/** Services that write to, send through or read from what monitoring is made of. */
const SERVICE =
  /^Service:(cloudtrail|events|sns|sqs|lambda|scheduler|logs(\.[a-z0-9-]+)?|cloudwatch|s3|firehose|dynamodb)\.amazonaws\.com(\.cn)?$/;

export const policyStatement: Check = {
  id: "policy-statement",
  title: "A policy that no longer lets in who needs it",
  why: "CloudTrail, EventBridge, SNS and the function do their work by these statements. Without one of them log files, events or alerts stop, and the refusals show nowhere but in a metric.",
  mend: "Keep the statement as wide as it is. Narrow it only by terms that its service meets, such as the trail's own `aws:SourceArn`.",
  looksAt: Object.fromEntries(Object.entries(RESOURCE_POLICIES).map(([type, { attribute }]) => [type, [attribute]])),
  unknown:
    "cannot tell; so are policies that aren't readable JSON, statements with `NotAction` or `NotResource`, new denials on terms, and new terms that the trails, rules, topics or buckets known here meet (`aws:SourceArn`, `aws:SourceAccount`)",
  judge: (change, estate) => {
    const policy = policyChange(change, estate);
    if (!policy) return [];
    const { attribute, before, after } = policy;
    if (before === undefined) return [];
    if (after === undefined)
      return [about(change, [attribute], false, "It can't be told whether the policy still lets in who needs it")];
    return told(
      losses(
        withSenders(aboutWhatStays(before, estate.gone)),
        after,
        (principal) => isNeeded(principal, change, estate),
        usedByFunctions(change, estate),
        (condition, principal) => metBySenders(condition, principal, estate),
      ),
      change,
      attribute,
    );
  },
};

function isNeeded(principal: string | undefined, { type }: Change, estate: Estate): boolean {
  if (principal === undefined) return false;
  if (SERVICE.test(principal)) return true;
  if (principal === "*") return /^aws_(sns|sqs|cloudwatch_event_bus)_/.test(type);
  // Who sends to a bus is another account, or an organization.
  if (type === "aws_cloudwatch_event_bus_policy") return true;
  // The account's root stands for the account's own IAM policies, by which the function uses keys.
  if (type.startsWith("aws_kms_") && /^AWS:\d{12}$/.test(principal)) return true;
  const arn = principal.replace(/^AWS:/, "");
  return estate.functionRoles.includes(arn) || (estate.arns.get("aws_iam_role") ?? []).includes(arn);
}

/** What functions do with what they read from, write to and publish to, by their own policies. */
const USES: Readonly<Record<string, readonly string[]>> = {
  s3: ["s3:GetObject"],
  sns: ["sns:Publish"],
  sqs: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:SendMessage"],
  kms: ["kms:Decrypt", "kms:GenerateDataKey"],
};

function usedByFunctions({ type }: Change, { functionRoles }: Estate): readonly Statement[] {
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
function told(lost: readonly Loss[], change: Change, attribute: string): readonly Finding[] {
  return lost.map(({ principal, action, how }) => ({
    weakens: how !== "can't tell" && how !== "denied on some terms",
    what: WORDS[how],
    attribute,
    before: change.isSensitive([attribute])
      ? "(sensitive)"
      : `${(principal ?? "the role").replace(/^(Service|AWS):/, "")} may ${action}`,
    after: how,
  }));
}

const WORDS: Readonly<Record<Loss["how"], string>> = {
  "no longer allowed": "Somebody who needs it is no longer let in",
  "allowed on narrower terms": "Somebody who needs it is let in on narrower terms",
  denied: "Somebody who needs it is kept out",
  "denied on some terms": "A new denial may keep out somebody who needs it",
  "can't tell": "It can't be told whether the policy still lets in who needs it",
};
