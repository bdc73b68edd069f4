import type { Detection } from "../../definition/detection";

export const scpChanged: Detection = {
  id: "scp-changed",
  title: "Organization policy detached, deleted or disabled",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1484", tactic: "Defense Evasion" },
  cis: ["4.15"],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  why: "Service and resource control policies limit even administrators and root users of member accounts; others enable security services and backups. Without the policy, the accounts under it can do what it denied, or lose what it enabled.",
  runbook: {
    check:
      "Which policy (the ID is p-…) was it, and from which account or OU? Check which policies are still attached.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain: "Attach it again. Recreate a deleted policy with terraform apply.",
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
          // What denies, and what enables security services and backups; not tag, chatbot and similar policies.
          requestParameters: {
            policyType: [
              "SERVICE_CONTROL_POLICY",
              "RESOURCE_CONTROL_POLICY",
              "DECLARATIVE_POLICY_EC2",
              "BACKUP_POLICY",
              "BEDROCK_POLICY",
              "GUARDDUTY_POLICY",
              "INSPECTOR_POLICY",
              "S3_POLICY",
              "SECURITYHUB_CSPM_POLICY",
              "SECURITYHUB_POLICY",
            ],
          },
        },
      ],
    },
  },
};
