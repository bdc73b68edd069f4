import * as v from "valibot";
import { openObject } from "./objects";
import { matching } from "./values";

/** A statement of the owner's policy, in IAM's JSON, kept beside ours. */
const ownerStatement = openObject(
  {
    Sid: v.optional(matching("letters and digits, without ${", /^[A-Za-z0-9]*$/)),
    Effect: v.picklist(["Allow", "Deny"], "must be Allow or Deny"),
  },
  'a policy statement such as {"Sid": "…", "Effect": "Allow", "Principal": …, "Action": …, "Resource": …}',
);
/** Asked for even where it is empty: a policy is a whole document, and what is not listed here would be lost. */
export const ownerStatements = v.array(
  ownerStatement,
  "must be the list of statements in the resource's policy today, which stay beside ours; [] for none",
);
