import type { Detection } from "../../definition/detection";

const upTo = (port: number) => [{ numeric: ["<=", port] as const }];
const from = (port: number) => [{ numeric: [">=", port] as const }];

export const networkAclOpened: Detection = {
  id: "network-acl-opened",
  title: "Network ACL opened to the internet",
  severity: "medium",
  // Modules that set up a VPC write such an entry into its default ACL, which lets everything in by design.
  tier: "digest",
  attack: { technique: "T1562.007", tactic: "Defense Evasion" },
  cis: ["4.11"],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  ],
  why: "The ACL protects every instance in its subnets. An entry that allows SSH or RDP from the internet leaves only the security groups.",
  runbook: {
    check: "Is it a new VPC's default ACL, or was it narrower before? Check what it allows now.",
    command: "aws ec2 describe-network-acls --region <awsRegion> --network-acl-ids <requestParameters.networkAclId>",
    contain: "Remove the entry.",
    undo: {
      CreateNetworkAclEntry:
        "aws ec2 delete-network-acl-entry --region <awsRegion> --network-acl-id <requestParameters.networkAclId> --ingress --rule-number <requestParameters.ruleNumber>",
      ReplaceNetworkAclEntry:
        "aws ec2 delete-network-acl-entry --region <awsRegion> --network-acl-id <requestParameters.networkAclId> --ingress --rule-number <requestParameters.ruleNumber>",
    },
  },
  pattern: {
    source: ["aws.ec2"],
    detail: {
      eventSource: ["ec2.amazonaws.com"],
      eventName: ["CreateNetworkAclEntry", "ReplaceNetworkAclEntry"],
      errorCode: [{ exists: false }],
      requestParameters: {
        egress: [false],
        ruleAction: ["allow"],
        $or: [
          // By its length: EC2 makes 0.0.0.0/0 of any address with /0. Two halves are the internet as well.
          { cidrBlock: [{ suffix: "/0" }, { suffix: "/1" }], $or: openings() },
          { ipv6CidrBlock: [{ suffix: "/0" }, { suffix: "/1" }], $or: openings() },
        ],
      },
    },
  },
};

/** All protocols, or SSH or RDP among the ports; not the answers' ports from 1024, which every ACL lets in. */
function openings() {
  return [
    { aclProtocol: ["-1"] },
    { portRange: { from: upTo(22), to: from(22) } },
    { portRange: { from: [{ numeric: [">", 1024, "<=", 3389] as const }], to: from(3389) } },
  ];
}
