import type { Detection } from "../../definition/detection";

export const dnsLoggingDisabled: Detection = {
  id: "dns-logging-disabled",
  title: "DNS query logging disabled",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1562.008", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverQueryLogConfig.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateResolverQueryLogConfig.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.defense-evasion.dns-delete-logs/",
  ],
  why: "DNS queries reveal malware that calls home and data exfiltrated over DNS. These queries are no longer recorded.",
  runbook: {
    check: "Which VPCs still have logging? Was a network being torn down?",
    command: "aws route53resolver list-resolver-query-log-config-associations --region <awsRegion>",
    contain: "Recreate the configuration and its associations with terraform apply, and ask who removed them.",
    undo: {
      DisassociateResolverQueryLogConfig:
        "aws route53resolver associate-resolver-query-log-config --region <awsRegion> --resolver-query-log-config-id <requestParameters.resolverQueryLogConfigId> --resource-id <requestParameters.resourceId>",
    },
  },
  pattern: {
    source: ["aws.route53resolver", "aws.route53"],
    detail: {
      eventSource: ["route53resolver.amazonaws.com", "route53.amazonaws.com"],
      eventName: [
        "DeleteResolverQueryLogConfig",
        "DisassociateResolverQueryLogConfig",
        // Of a public hosted zone.
        "DeleteQueryLoggingConfig",
      ],
      errorCode: [{ exists: false }, { prefix: "AccessDenied" }],
    },
  },
};
