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
  why: "A workload reads the few secrets it needs; whoever has stolen a key reads all there are. What was read has to be taken for known.",
  noise:
    "Terraform reads back every secret that it manages with each plan, tools that copy secrets into a cluster do with each round. Give them a role that nobody else uses and suppress it, for this detection alone; not by user agent, which is the caller's to choose.",
  runbook: {
    check:
      "Whose key is it, and does its owner read so many: a deployment, a tool that copies secrets into a cluster? See which secrets they were and where the calls came from.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, then change every secret that was read.",
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
