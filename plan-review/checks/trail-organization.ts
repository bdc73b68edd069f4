import { switched } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";

const ATTRIBUTES: Readonly<Record<string, string>> = {
  aws_cloudtrail: "is_organization_trail",
  aws_cloudtrail_event_data_store: "organization_enabled",
};

export const trailOrganization: Check = {
  id: "trail-organization",
  title: "Organization trail becomes an account trail",
  why: "Only an organization trail records the organization's other accounts.",
  remediation: "Keep `is_organization_trail` on, or create a trail in each account first.",
  looksAt: Object.fromEntries(Object.entries(ATTRIBUTES).map(([type, attribute]) => [type, [attribute]])),
  evaluate: (change) =>
    switched(
      change,
      [ATTRIBUTES[change.type] ?? ""],
      true,
      false,
      "The organization's other accounts are no longer recorded",
    ),
};
