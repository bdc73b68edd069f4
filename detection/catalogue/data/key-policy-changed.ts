import type { Detection } from "../../definition/detection";

export const keyPolicyChanged: Detection = {
  id: "key-policy-changed",
  title: "KMS key shared with another account",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1485", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/kms/latest/developerguide/ct-put-key-policy.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html",
  ],
  why: "Another account can now use the key to read what it protects. Depending on the policy, it can also lock you out of your data.",
  runbook: {
    check: "Does the account in the policy or grant belong to you? Check the current policy and grants.",
    command:
      "aws kms get-key-policy --region <awsRegion> --key-id <requestParameters.keyId> --query Policy --output text && aws kms list-grants --region <awsRegion> --key-id <requestParameters.keyId>",
    contain: "Restore the previous policy, or revoke the grant.",
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
        // A grant that a service requests on a caller's behalf goes to that service; the grantee may be hidden then.
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
