import { about, altered } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

const ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_sns_topic_data_protection_policy: "policy",
  aws_cloudwatch_log_data_protection_policy: "policy_document",
  aws_cloudwatch_log_account_policy: "policy_document",
};
const WHAT = "Alerts and log lines may be blocked or masked";

export const dataProtection: Check = {
  id: "data-protection",
  title: "Data protection policy on a topic or log group",
  why: "The policy blocks messages, or masks what looks like personal data: addresses, names and key ids. An alert needs exactly these.",
  remediation: "Use no data protection policy on topics of alerts, or on log groups that filters read.",
  looksAt: Object.fromEntries(Object.entries(ATTRIBUTES).map(([type, attribute]) => [type, [attribute]])),
  limits: "Always indeterminate: the plan does not show what the policy finds in messages.",
  evaluate: (change) => {
    const path = [ATTRIBUTES[change.type] ?? ""];
    return change.action === "create" ? [about(change, path, false, WHAT)] : altered(change, path, WHAT);
  },
};
