import type { Detection } from "../../definition/detection";
import type { EventPattern, PatternCondition } from "../../pattern/pattern";

/** What runs shells and desktops (SSH, Telnet, SMB, RDP, VNC, WinRM), containers (Docker) and databases. */
const adminPorts = [22, 23, 445, 1433, 2375, 3306, 3389, 5432, 5900, 5985, 6379, 9200, 27017];

/** By its length: EC2 takes 203.0.113.9/0 too, and makes 0.0.0.0/0 of it. Two halves are the internet as well. */
const internet: PatternCondition[] = [{ suffix: "/0" }, { suffix: "/1" }];

/** A rule as AuthorizeSecurityGroupIngress takes it in a list. */
const listed: readonly EventPattern[] = [
  { ipRanges: { items: { cidrIp: internet } } },
  { ipv6Ranges: { items: { cidrIpv6: internet } } },
];
/** A rule as ModifySecurityGroupRules takes it; CloudTrail writes one as an object, several as a list. */
const modified: readonly EventPattern[] = [{ CidrIpv4: internet }, { CidrIpv6: internet }];
/** Its ports have names that `portIn` doesn't know, so it passes unless it opens 80 or 443 and nothing else. */
const notOnlyWeb: readonly EventPattern[] = [
  { FromPort: [{ exists: false }, { "anything-but": [80, 443] }] },
  { ToPort: [{ "anything-but": [80, 443] }] },
  { FromPort: [80], ToPort: [443] },
];

export const securityGroupOpened: Detection = {
  id: "security-group-opened",
  title: "Admin or database port opened to the internet",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: ["4.10"],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  ],
  why: "Scanners find an open port within minutes and try passwords and known exploits. Intruders open ports to return or to exfiltrate data.",
  runbook: {
    check: "Which instances use the group, and is the rule still there?",
    command:
      "aws ec2 describe-security-groups --region <awsRegion> --group-ids <requestParameters.groupId|requestParameters.ModifySecurityGroupRulesRequest.GroupId> --query 'SecurityGroups[].IpPermissions'",
    contain: "Remove the rule.",
    undo: {
      AuthorizeSecurityGroupIngress:
        "aws ec2 revoke-security-group-ingress --region <awsRegion> --group-id <requestParameters.groupId> --security-group-rule-ids <responseElements.securityGroupRuleSet.items.securityGroupRuleId>",
      ModifySecurityGroupRules:
        "aws ec2 revoke-security-group-ingress --region <awsRegion> --group-id <requestParameters.ModifySecurityGroupRulesRequest.GroupId> --security-group-rule-ids <requestParameters.ModifySecurityGroupRulesRequest.SecurityGroupRule.SecurityGroupRuleId>",
    },
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      errorCode: [{ exists: false }],
      $or: [
        {
          eventName: ["AuthorizeSecurityGroupIngress"],
          requestParameters: { $or: [{ cidrIp: internet }, ...listed.map((items) => ({ ipPermissions: { items } }))] },
        },
        {
          eventName: ["ModifySecurityGroupRules"],
          requestParameters: {
            ModifySecurityGroupRulesRequest: { SecurityGroupRule: { SecurityGroupRule: { $or: modified } } },
          },
        },
      ],
    },
  },
  refine: [
    {
      kind: "portIn",
      within: [
        "requestParameters",
        "requestParameters.ipPermissions.items",
        "requestParameters.ModifySecurityGroupRulesRequest.SecurityGroupRule",
      ],
      where: {
        $or: [
          { cidrIp: internet },
          ...listed,
          ...modified.map((cidr) => ({ SecurityGroupRule: { ...cidr, $or: notOnlyWeb } })),
        ],
      },
      ports: adminPorts,
    },
  ],
};
