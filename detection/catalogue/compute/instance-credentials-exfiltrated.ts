import type { Detection } from "../../definition/detection";

/**
 * By what the record says of the caller, not by whose its address is: an instance's own public address, and its NAT
 * gateway's, are AWS's, which has thousands of blocks and changes them several times a week. A copy of that list would soon
 * take new instances for thieves. So use of the CLI on Linux or Windows is not detected here; GuardDuty, which has the
 * list, sees it (InstanceCredentialExfiltration). What has no public address came through a VPC's endpoint, and passes.
 *
 * The session is named after the instance; a name that only begins like an instance's id (`i-0ncall-dana`) is a person's.
 * `ec2RoleDelivery` would say more surely where the credentials are from, but whether sessions of the console keep it is not
 * documented.
 */
export const instanceCredentialsExfiltrated: Detection = {
  id: "instance-credentials-exfiltrated",
  title: "EC2 instance credentials used outside the instance",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1552.005", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
    "https://attack.mitre.org/techniques/T1552/005/",
  ],
  why: "Only the instance gets these credentials. If a browser, the console or a Mac uses them, they were probably stolen, for example through a vulnerable web application.",
  runbook: {
    check: "Is the address yours? Is the instance a Mac, or does it run a browser? Check what else the session did.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "Revoke the sessions of the instance's role and isolate the instance. Then require IMDSv2: aws ec2 modify-instance-metadata-options --region <awsRegion> --instance-id <instanceId> --http-tokens required",
  },
  pattern: {
    source: [{ prefix: "aws." }],
    detail: {
      userIdentity: { type: ["AssumedRole"], principalId: [{ wildcard: "*:i-*" }] },
      $or: [
        { sessionCredentialFromConsole: ["true", true] },
        { eventSource: ["signin.amazonaws.com"] },
        { userAgent: [{ prefix: "Mozilla/" }, { wildcard: "*os/macos*" }, { wildcard: "*arwin*" }] },
      ],
    },
  },
  refine: [
    { kind: "instanceSession", field: "userIdentity.principalId" },
    { kind: "publicIp", field: "sourceIPAddress" },
  ],
};
