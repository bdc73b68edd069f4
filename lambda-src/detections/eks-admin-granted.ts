import type { Detection } from "./detection";

export const eksAdminGranted: Detection = {
  id: "eks-admin-granted",
  title: "Administrator of a Kubernetes cluster appointed",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html",
    "https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html",
    "https://stratus-red-team.cloud/attack-techniques/EKS/eks.lateral-movement.create-access-entry/",
  ],
  why: "Somebody may now do anything in the cluster: read its secrets, and take over the roles of all its workloads.",
  runbook: {
    check: "Who was appointed (principalArn, in percent encoding), to which cluster, and who asked for it?",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
    contain:
      "Take it back: aws eks delete-access-entry --region <awsRegion> --cluster-name … --principal-arn …, and look for what the principal left in the cluster.",
  },
  pattern: {
    source: ["aws.eks"],
    detail: {
      eventSource: ["eks.amazonaws.com"],
      eventName: ["AssociateAccessPolicy"],
      errorCode: [{ exists: false }],
      requestParameters: { policyArn: [{ suffix: "/AmazonEKSClusterAdminPolicy" }] },
    },
  },
};
