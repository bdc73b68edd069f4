import * as v from "valibot";
import { DETECTIONS, EXPIRES, ID, OWNER, REASON } from "../detection/suppressions/rules";
import { accountScope } from "./account-scope";
import { closedObject, oneOfKinds } from "./objects";
import { ARN_PARTITION } from "./regions";
import { type KindsRule, type ObjectRule, ruled, ruleOf } from "./rule";
import { anyObject, filledList, listOrAll, matching } from "./values";

const roleArn = matching(
  "an IAM role's ARN such as arn:aws:iam::111122223333:role/ci, not that of a session",
  new RegExp(`^arn:${ARN_PARTITION}:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}$`),
);

/** Who answers for a suppression, why and until when. */
const answerable = {
  owner: matching(OWNER.allowed, OWNER.pattern),
  reason: matching(REASON.allowed, REASON.pattern),
  expires: matching(EXPIRES.allowed, EXPIRES.pattern, [], { day: true }),
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

const customSuppression = closedObject(
  {
    id: matching(ID.allowed, ID.pattern),
    detections: listOrAll(DETECTIONS),
    pattern: anyObject('an event pattern such as {"detail": {"eventName": ["DeleteTable"]}}'),
    ...accountScope,
    ...answerable,
  },
  'an object such as {"id": "nightly-clean-up", "detections": ["data-destroyed"], "pattern": {…}, "owner": "…", "reason": "…", "expires": "2026-12-31"}',
);

/** A custom one, or one that is ready-made and named by `use`. */
export const suppression = ruled(
  v.lazy((value: unknown) =>
    typeof value === "object" && value !== null && "use" in value ? readyMadeSuppression : customSuppression,
  ),
  { ...(ruleOf(readyMadeSuppression) as KindsRule), otherwise: ruleOf(customSuppression) as ObjectRule },
);
