import * as v from "valibot";
import { closedObject } from "./objects";
import { ownerStatements } from "./owner-statements";
import { filledList, matching, oneOf } from "./values";

/** Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
const organizationId = matching("an organization's id such as o-a1b2c3d4e5", /^o-[a-z0-9]{10,32}$/);

const accountId = matching("an account id of 12 digits", /^\d{12}$/);

/** Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html */
const unit = matching(
  "the id of an organizational unit or root such as ou-ab12-c3d4e5f6 or r-ab12",
  /^(r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/,
);

/** Which organization is monitored, and how its accounts' log files and events come here. */
export const organizationSchema = closedObject(
  {
    id: organizationId,
    /** The account that owns the organization: an organization trail is always its, whichever account has created it. */
    managementAccount: accountId,
    /**
     * How the deliveries queue learns of new log files: `topic`, by resources.deliveriesTopic, which carries CloudTrail's
     * notices or S3's; `eventbridge`, by S3's events on the home bus, for a bucket without a topic.
     */
    deliveries: v.optional(oneOf(["topic", "eventbridge"], "one of"), "topic"),
    /** Statements in the home default event bus's policy today that must stay: a bus has one policy. Warned of where missing. */
    busStatements: v.optional(ownerStatements),
    /**
     * Rolls out the members' forwarders with a service-managed StackSet; without it, they are deployed by their owners with
     * what `trailwarden member` writes.
     */
    stackSet: v.optional(
      closedObject({
        organizationalUnits: filledList(
          unit,
          'a list of organizational units such as ["ou-ab12-c3d4e5f6"]',
          "one organizational unit or more",
        ),
      }),
    ),
  },
  'an object such as {"id": "o-a1b2c3d4e5", "managementAccount": "111122223333"}',
);

export type Organization = v.InferOutput<typeof organizationSchema>;
