import type { Detection } from "../../definition/detection";
import type { PatternCondition } from "../../pattern/pattern";

/** CloudTrail writes the names of domain calls with a small first letter, says AWS; other people's rules have a capital. */
const named = (call: string): PatternCondition => ({ "equals-ignore-case": call });

export const domainTransferred: Detection = {
  id: "domain-transferred",
  title: "Domain transfer started or transfer lock disabled",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_TransferDomainToAnotherAwsAccount.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_DisableDomainTransferLock.html",
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/logging-using-cloudtrail.html",
  ],
  why: "A domain's owner controls its mail, its websites and every password reset sent there. Reversing a transfer takes days, if it is possible.",
  runbook: {
    check: "Was a transfer planned? Check which domains have their transfer lock on.",
    command: "aws route53domains list-domains --region <awsRegion> --query 'Domains[].[DomainName,TransferLock]'",
    contain: "Lock the domain again or cancel the transfer, and call AWS Support.",
    undo: {
      DisableDomainTransferLock:
        "aws route53domains enable-domain-transfer-lock --region <awsRegion> --domain-name <requestParameters.domainName|requestParameters.domainName.name>",
      RetrieveDomainAuthCode:
        "aws route53domains enable-domain-transfer-lock --region <awsRegion> --domain-name <requestParameters.domainName|requestParameters.domainName.name>",
      TransferDomainToAnotherAwsAccount:
        "aws route53domains cancel-domain-transfer-to-another-aws-account --region <awsRegion> --domain-name <requestParameters.domainName|requestParameters.domainName.name>",
    },
  },
  pattern: {
    source: ["aws.route53domains"],
    detail: {
      eventSource: ["route53domains.amazonaws.com"],
      // Not TransferDomain, which brings a domain in.
      eventName: [
        "DisableDomainTransferLock",
        "TransferDomainToAnotherAwsAccount",
        "RetrieveDomainAuthCode",
        // Of .uk, whose registrars have tags instead of codes.
        "PushDomain",
      ].map(named),
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
