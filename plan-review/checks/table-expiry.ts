import { altered } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { at, UNKNOWN } from "../plan/values";

const NAME = ["ttl", 0, "attribute_name"];
const ENABLED = ["ttl", 0, "enabled"];

export const tableExpiry: Check = {
  id: "table-expiry",
  title: "Table items may expire too soon",
  why: "The table holds what the function collects for the next summary. If another attribute sets the expiry, items may be gone before the summary is sent.",
  remediation: "Keep `ttl` as it is. Turning it off is safe, but costs storage.",
  looksAt: { aws_dynamodb_table: ["ttl"] },
  limits: "Always indeterminate: the plan does not show the items.",
  evaluate: (change) => {
    const on = at(change.after, ...ENABLED);
    if (on !== true && on !== UNKNOWN) return [];
    const what = "Items may expire while they are still needed";
    const renamed = altered(change, NAME, what);
    return renamed.length > 0 ? renamed : altered(change, ENABLED, what);
  },
};
