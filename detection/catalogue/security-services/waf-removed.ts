import type { Detection } from "../../definition/detection";

export const wafRemoved: Detection = {
  id: "waf-removed",
  title: "WAF web ACL deleted or disassociated",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html",
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_DeleteWebACL.html",
    "https://docs.aws.amazon.com/waf/latest/developerguide/logging-using-cloudtrail.html",
  ],
  why: "A load balancer or API now answers requests that the firewall blocked before.",
  runbook: {
    check: "Is the resource reachable from the internet? Did something replace the web ACL?",
    command: "aws wafv2 list-web-acls --region <awsRegion> --scope REGIONAL",
    contain: "Associate it again, or run terraform apply.",
    undo: {
      DisassociateWebACL:
        "aws wafv2 associate-web-acl --region <awsRegion> --web-acl-arn <webAclArn> --resource-arn <requestParameters.resourceArn>",
    },
  },
  pattern: {
    // WAF Classic (waf, waf-regional) was shut down in 2025. Of CloudFront, a web ACL is taken off by UpdateDistribution.
    source: ["aws.wafv2"],
    detail: {
      eventSource: ["wafv2.amazonaws.com"],
      eventName: ["DeleteWebACL", "DisassociateWebACL"],
      errorCode: [{ exists: false }],
    },
  },
};
