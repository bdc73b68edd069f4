import { switched } from "../judging/attribute";
import type { Check } from "./check";

const ATTRIBUTES: Readonly<Record<string, readonly [attribute: string, byDefault: boolean]>> = {
  aws_dynamodb_table: ["deletion_protection_enabled", false],
  aws_cloudtrail_event_data_store: ["termination_protection_enabled", true],
};

export const deletionProtection: Check = {
  id: "deletion-protection",
  title: "Protection from deletion that is taken off",
  why: "It is the last thing between a wrong command and the data.",
  mend: "Leave it on.",
  looksAt: Object.fromEntries(Object.entries(ATTRIBUTES).map(([type, [attribute]]) => [type, [attribute]])),
  judge: (change) => {
    const [attribute, byDefault] = ATTRIBUTES[change.type] ?? ["", false];
    return switched(change, [attribute], true, byDefault, "Nothing keeps it from being deleted any more");
  },
};
