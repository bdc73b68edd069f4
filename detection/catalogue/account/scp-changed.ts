import type { Detection } from "../../definition/detection";

export const scpChanged: Detection = {
  id: "scp-changed",
  title: "Organization's policy taken off or deleted, or an attempt at it",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1484", tactic: "Defense Evasion" },
  cis: ["4.15"],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  why: "Service control policies stop even administrators and root users of member accounts. With one gone, whatever it forbade can be done in every account below.",
  runbook: {
    check: "Which policy, from which account or unit? The id tells (p-…); see what is still attached there.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Attach it again. A policy that was deleted is created again with terraform apply.",
    undo: {
      DetachPolicy:
        "aws organizations attach-policy --policy-id <requestParameters.policyId> --target-id <requestParameters.targetId>",
      DisablePolicyType:
        "aws organizations enable-policy-type --root-id <requestParameters.rootId> --policy-type <requestParameters.policyType>",
    },
  },
  pattern: {
    source: ["aws.organizations"],
    detail: {
      eventSource: ["organizations.amazonaws.com"],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
      $or: [
        // Neither says of which type the policy is.
        { eventName: ["DetachPolicy", "DeletePolicy"] },
        {
          eventName: ["DisablePolicyType"],
          // Not tags, backups and the like, which forbid nobody anything.
          requestParameters: {
            policyType: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "DECLARATIVE_POLICY_EC2"],
          },
        },
      ],
    },
  },
};
