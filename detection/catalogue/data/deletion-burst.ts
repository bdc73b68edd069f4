import type { Detection } from "../../definition/detection";
import type { PatternCondition } from "../../pattern/pattern";

const prefix = (value: string): PatternCondition => ({ prefix: value });

/** Services that also delete day in, day out: with them, only what is named below counts. */
const busyServices = ["ec2", "logs", "glue", "cloudformation"].map((name) => `${name}.amazonaws.com`);

/** Services that delete by schedule or policy, with a role of the account that is not a service-linked one. */
const tidyServices = ["dlm", "backup", "elasticmapreduce", "spotfleet"].map((name) => `${name}.amazonaws.com`);

export const deletionBurst: Detection = {
  id: "deletion-burst",
  title: "Many resources deleted by one actor",
  severity: "high",
  tier: "alert",
  // An EventBridge rule as well: who empties an account is done when its log files arrive.
  attack: { technique: "T1485", tactic: "Impact" },
  cis: [],
  references: [
    "https://attack.mitre.org/techniques/T1485/",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html",
  ],
  why: "Twenty deletions in 15 minutes are rarely routine. A script ran in the wrong account, a stack was torn down by mistake, or an attacker is destroying resources.",
  falsePositives:
    "Tearing down an environment with a person's or pipeline's credentials looks the same. So does deleting a CloudFormation stack.",
  runbook: {
    check:
      "Was a teardown or cleanup announced? This call is one of many: check what else the caller deleted, in other regions too.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, then restore. Start with the data.",
  },
  // A deployment that replaces a few resources, with their roles and alarms, stays under twenty; the first of what holds data
  // alerts at once as data-destroyed. Windows are aligned: 39 calls in a row always reach twenty within one of them.
  count: { threshold: 20, minutes: 15 },
  pattern: {
    source: [prefix("aws.")],
    detail: {
      errorCode: [{ exists: false }],
      managementEvent: [true],
      userIdentity: {
        // `Unknown`: an app's own users, who delete their Cognito accounts; all of them would count as one actor.
        type: [{ "anything-but": ["AWSService", "Unknown"] }],
        invokedBy: [{ exists: false }, { "anything-but": tidyServices }],
        sessionContext: {
          // By path: only AWS can create roles in it. Their names are not reserved.
          sessionIssuer: { arn: [{ exists: false }, { "anything-but": { wildcard: "*:role/aws-service-role/*" } }] },
        },
      },
      $or: [
        {
          eventSource: [{ "anything-but": busyServices }],
          // Not all of Terminate…: closing a Session Manager session calls TerminateSession.
          eventName: [prefix("Delete"), ...["TerminateEnvironment", "TerminateJobFlows", "TerminateWorkspaces"]],
        },
        {
          // Not network interfaces and tags, which Lambda and Kubernetes come and go with, nor fleets and launch templates.
          eventSource: ["ec2.amazonaws.com"],
          eventName: [
            "TerminateInstances",
            "DeleteVolume",
            "DeleteSnapshot",
            "DeleteSubnet",
            "DeleteSecurityGroup",
            "DeleteInternetGateway",
            "DeleteNatGateway",
            "DeleteFlowLogs",
            "DeleteKeyPair",
            ...["DeleteVpc", "DeleteVpn", "DeleteClientVpn", "DeleteRoute"].map(prefix),
            ...["DeleteNetworkAcl", "DeleteTransitGateway"].map(prefix),
          ],
        },
        {
          // Not log streams; not tables and partitions, which queries create and drop; not change sets, of which every deployment leaves one.
          eventSource: busyServices.slice(1),
          eventName: ["DeleteLogGroup", "DeleteDatabase", "DeleteJob", "DeleteStack", "DeleteStackSet"],
        },
      ],
    },
  },
};
