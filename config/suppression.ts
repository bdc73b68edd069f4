import * as v from "valibot";
import { closedObject, oneOfKinds } from "./objects";
import { ARN_PARTITION } from "./regions";
import { type KindsRule, type ObjectRule, ruled, ruleOf } from "./rule";
import { anyObject, filledList, listOrAll, matching } from "./values";

/** A line that shows something. */
const LINE = /^[^\r\n]*[^\p{Z}\p{Cc}\p{Cf}][^\r\n]*$/u;

const roleArn = matching(
  "an IAM role's ARN such as arn:aws:iam::111122223333:role/ci, not that of a session",
  new RegExp(`^arn:${ARN_PARTITION}:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}$`),
);
/** Who answers for a suppression, why and until when. */
const answerable = {
  owner: matching("who answers for it, such as platform-team@example.com", LINE),
  reason: matching("why nobody needs to be told", LINE),
  expires: matching("the last day on which it is to work, such as 2026-12-31", /^\d{4}-\d\d-\d\d$/, [], { day: true }),
};

const readyMadeSuppression = oneOfKinds(
  "use",
  {
    "ci-roles": closedObject({
      use: v.literal("ci-roles"),
      roles: filledList(roleArn, "a list of roles' ARNs", "at least one role's ARN"),
      ...answerable,
    }),
    "identity-center-sign-in": closedObject({ use: v.literal("identity-center-sign-in"), ...answerable }),
    "console-probes": closedObject({ use: v.literal("console-probes"), ...answerable }),
  },
  "an object",
);

const ownSuppression = closedObject(
  {
    id: matching("lower-case words joined by -, such as nightly-clean-up", /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
    detections: listOrAll('a list of detection ids, or "*" for all that are not critical'),
    pattern: anyObject('an event pattern such as {"detail": {"eventName": ["DeleteTable"]}}'),
    ...answerable,
  },
  'an object such as {"id": "nightly-clean-up", "detections": ["data-destroyed"], "pattern": {…}, "owner": "…", "reason": "…", "expires": "2026-12-31"}',
);

/** A custom one, or one that is ready-made and named by `use`. */
export const suppression = ruled(
  v.lazy((value: unknown) =>
    typeof value === "object" && value !== null && "use" in value ? readyMadeSuppression : ownSuppression,
  ),
  { ...(ruleOf(readyMadeSuppression) as KindsRule), otherwise: ruleOf(ownSuppression) as ObjectRule },
);
