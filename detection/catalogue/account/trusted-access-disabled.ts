import type { Detection } from "../../definition/detection";

export const trustedAccessDisabled: Detection = {
  id: "trusted-access-disabled",
  title: "Trusted access of a security service disabled",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.001", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeactivateOrganizationsAccess.html",
  ],
  why: "Without trusted access, an organization trail stops, security services don't cover new accounts, and StackSets deploys no forwarders there.",
  runbook: {
    check: "Which service was it? Does it still cover every account?",
    command: "aws organizations list-aws-service-access-for-organization",
    contain: "Enable it again from the service's own console, which also restores its roles.",
    undo: {
      DisableAWSServiceAccess:
        "aws organizations enable-aws-service-access --service-principal <requestParameters.servicePrincipal>",
      DeactivateOrganizationsAccess: "aws cloudformation activate-organizations-access --region <awsRegion>",
    },
  },
  pattern: {
    source: ["aws.organizations", "aws.cloudformation"],
    detail: {
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
      $or: [
        {
          eventSource: ["organizations.amazonaws.com"],
          eventName: ["DisableAWSServiceAccess"],
          // Some services have more than one principal: config-multiaccountsetup, malware-protection.guardduty, member.org.stacksets.
          requestParameters: {
            servicePrincipal: [
              "cloudtrail.amazonaws.com",
              { prefix: "config" },
              { suffix: "guardduty.amazonaws.com" },
              "securityhub.amazonaws.com",
              { suffix: "stacksets.cloudformation.amazonaws.com" },
              "access-analyzer.amazonaws.com",
              "controltower.amazonaws.com",
              "detective.amazonaws.com",
              "fms.amazonaws.com",
              "inspector2.amazonaws.com",
              "macie.amazonaws.com",
            ],
          },
        },
        { eventSource: ["cloudformation.amazonaws.com"], eventName: ["DeactivateOrganizationsAccess"] },
      ],
    },
  },
};
