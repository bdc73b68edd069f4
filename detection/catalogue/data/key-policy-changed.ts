import type { Detection } from "../../definition/detection";

export const keyPolicyChanged: Detection = {
  id: "key-policy-changed",
  title: "Encryption key opened to another account",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1485", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/kms/latest/developerguide/ct-put-key-policy.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html",
  ],
  why: "Somebody outside of the account may now use the key, to read what it protects, or with a policy of their own to lock you out of your data.",
  runbook: {
    check: "Is the account that the policy or the grant names one of yours? See both as they are now.",
    command:
      "aws kms get-key-policy --region <awsRegion> --key-id <requestParameters.keyId> --query Policy --output text && aws kms list-grants --region <awsRegion> --key-id <requestParameters.keyId>",
    contain: "Put the old policy back, or take the grant away.",
    undo: {
      PutKeyPolicy:
        "aws kms put-key-policy --region <awsRegion> --key-id <requestParameters.keyId> --policy-name default --policy file://former-policy.json",
      CreateGrant:
        "aws kms revoke-grant --region <awsRegion> --key-id <requestParameters.keyId> --grant-id <responseElements.grantId>",
    },
  },
  pattern: {
    source: ["aws.kms"],
    detail: {
      eventSource: ["kms.amazonaws.com"],
      errorCode: [{ exists: false }],
      $or: [
        { eventName: ["PutKeyPolicy"] },
        // A grant that a service asks for on somebody's behalf goes to that service; who is granted may be hidden then.
        {
          eventName: ["CreateGrant"],
          userIdentity: { invokedBy: [{ exists: false }] },
          requestParameters: { granteePrincipal: [{ exists: false }, { "anything-but": "AWS Internal" }] },
        },
      ],
    },
  },
  refine: [{ kind: "otherAccount", fields: ["requestParameters.policy", "requestParameters.granteePrincipal"] }],
};
