import { switched } from "../judging/attribute";
import type { Check } from "./check";

const ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_cloudtrail: "is_organization_trail",
  aws_cloudtrail_event_data_store: "organization_enabled",
};

export const trailOrganization: Check = {
  id: "trail-organization",
  title: "An organization's trail that becomes an account's",
  why: "The members' accounts were recorded by this trail, and are not any more.",
  mend: "Leave `is_organization_trail` on, or give each account a trail first.",
  looksAt: Object.fromEntries(Object.entries(ATTRIBUTES).map(([type, attribute]) => [type, [attribute]])),
  judge: (change) =>
    switched(
      change,
      [ATTRIBUTES[change.type] ?? ""],
      true,
      false,
      "The organization's other accounts are no longer recorded",
    ),
};
