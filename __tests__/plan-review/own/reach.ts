import type { Organization } from "../../../config/organization";

/** Regions beside the home region. */
export const REGIONS = ["eu-west-1", "eu-west-2"];

/** With all that the event path of members is made of. */
export const ORGANIZATION: Organization = {
  id: "o-a1b2c3d4e5",
  managementAccount: "111122223333",
  deliveries: "topic",
  busStatements: [],
  stackSet: { organizationalUnits: ["r-ab12"] },
};
