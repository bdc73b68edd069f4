import { about, altered } from "../judging/attribute";
import type { Check } from "./check";

const ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_sns_topic_data_protection_policy: "policy",
  aws_cloudwatch_log_data_protection_policy: "policy_document",
  aws_cloudwatch_log_account_policy: "policy_document",
};
const WHAT = "Whether alerts and log lines still come, and whole, can't be told";

export const dataProtection: Check = {
  id: "data-protection",
  title: "A data protection policy laid over a topic or log group",
  why: "It keeps back messages, or masks what it takes for personal data in them: addresses, names and keys are what an alert is about.",
  mend: "Leave topics of alerts, and log groups that filters count in, without one.",
  looksAt: Object.fromEntries(Object.entries(ATTRIBUTES).map(([type, attribute]) => [type, [attribute]])),
  unknown: "cannot tell, as with every such policy: what it finds in messages isn't known here",
  judge: (change) => {
    const path = [ATTRIBUTES[change.type] ?? ""];
    return change.action === "create" ? [about(change, path, false, WHAT)] : altered(change, path, WHAT);
  },
};
