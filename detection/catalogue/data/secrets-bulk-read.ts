import type { Detection } from "../../definition/detection";

export const secretsBulkRead: Detection = {
  id: "secrets-bulk-read",
  title: "Many secrets read with one access key",
  severity: "medium",
  tier: "alert",
  // Workloads read secrets all day: a rule would hand every one of these calls to the function.
  path: "log",
  attack: { technique: "T1555.006", tactic: "Credential Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.credential-access.secretsmanager-retrieve-secrets/",
  ],
  why: "A workload reads the few secrets it needs. An intruder with a stolen key reads them all. Treat every secret that was read as compromised.",
  falsePositives:
    "Terraform reads every secret that it manages on each plan. Tools that sync secrets into a cluster do so on each run. Give them their own role and suppress it for this detection only. Don't suppress by user agent: callers choose it.",
  runbook: {
    check:
      "Whose key is it, and does its owner read so many secrets (a deployment, a sync tool)? Check which secrets were read and where the calls came from.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, then rotate every secret that was read.",
  },
  // Per key, because a role that many functions and tasks share reads the same secret with each start, and each with a key of
  // its own. Ten at least: GetParameters gives ten at a time, and a task reads a handful when it starts.
  count: { threshold: 10, minutes: 15, by: ["userIdentity.accessKeyId"] },
  pattern: {
    source: ["aws.secretsmanager", "aws.ssm"],
    detail: {
      errorCode: [{ exists: false }],
      // Services have no key, so that they would all count as one.
      userIdentity: { type: [{ "anything-but": ["AWSService"] }] },
      $or: [
        // For BatchGetSecretValue, CloudTrail also has one GetSecretValue for each secret.
        { eventSource: ["secretsmanager.amazonaws.com"], eventName: ["GetSecretValue", "BatchGetSecretValue"] },
        // Without decryption, no SecureString is shown.
        {
          eventSource: ["ssm.amazonaws.com"],
          eventName: ["GetParameters", "GetParametersByPath"],
          requestParameters: { withDecryption: [true] },
        },
      ],
    },
  },
};
