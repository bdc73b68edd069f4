import { altered } from "../judging/attribute";
import { at, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

const NAME = ["ttl", 0, "attribute_name"];
const ENABLED = ["ttl", 0, "enabled"];

export const tableExpiry: Check = {
  id: "table-expiry",
  title: "A table whose items may expire too soon",
  why: "What the function has put together and not told yet lies in its table. Expired by another attribute, it is gone before the summary.",
  mend: "Leave `ttl` as it is; off, it only costs.",
  looksAt: { aws_dynamodb_table: ["ttl"] },
  unknown: "cannot tell, as with every other attribute: the plan doesn't say what stands in the items",
  judge: (change) => {
    const on = at(change.after, ...ENABLED);
    if (on !== true && on !== UNKNOWN) return [];
    const what = "Whether items stay as long as they are needed can't be told";
    const renamed = altered(change, NAME, what);
    return renamed.length > 0 ? renamed : altered(change, ENABLED, what);
  },
};
