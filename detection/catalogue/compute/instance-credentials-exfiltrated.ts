import type { Detection } from "../../definition/detection";

/**
 * By what the record says of the caller, not by whose its address is: an instance's own public address, and its NAT
 * gateway's, are AWS's, which has thousands of blocks and changes them several times a week. A copy of that list would soon
 * take new instances for thieves. So whoever uses the CLI on Linux or Windows is not seen here; GuardDuty, which has the
 * list, sees it (InstanceCredentialExfiltration). What has no public address came through a VPC's endpoint, and passes.
 *
 * The session is named after the instance; a name that only begins like an instance's id (`i-0ncall-dana`) is a person's.
 * `ec2RoleDelivery` would say more surely where the credentials are from, but whether sessions of the console keep it is not
 * documented.
 */
export const instanceCredentialsExfiltrated: Detection = {
  id: "instance-credentials-exfiltrated",
  title: "Instance's credentials used away from it",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1552.005", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
    "https://attack.mitre.org/techniques/T1552/005/",
  ],
  why: "Only the instance itself gets these credentials. A browser, the console or a Mac that uses them has them from somebody who stole them, through a hole in a web application for instance.",
  runbook: {
    check:
      "Does the address belong to you, is the instance itself a Mac or does it run a browser? See what else the session did.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain:
      "Revoke the sessions of the instance's role and isolate the instance, then require IMDSv2: aws ec2 modify-instance-metadata-options --region <awsRegion> --instance-id <instanceId> --http-tokens required",
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
