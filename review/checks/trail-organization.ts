import { switched } from "../judging/attribute";
import type { Check } from "./check";

export const trailOrganization: Check = {
  id: "trail-organization",
  title: "An organization's trail that becomes an account's",
  why: "The members' accounts were recorded by this trail, and are not any more.",
  mend: "Leave `is_organization_trail` on, or give each account a trail first.",
  looksAt: { aws_cloudtrail: ["is_organization_trail"] },
  judge: (change) =>
    switched(
      change,
      ["is_organization_trail"],
      true,
      false,
      "The organization's other accounts are no longer recorded",
    ),
};
