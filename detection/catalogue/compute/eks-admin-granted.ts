import type { Detection } from "../../definition/detection";

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
    check: "Who was appointed (principalArn), to which cluster, and who asked for it?",
    command:
      "aws eks list-associated-access-policies --region <awsRegion> --cluster-name <requestParameters.name> --principal-arn <requestParameters.principalArn>",
    contain: "Take it back, and look for what the principal left in the cluster.",
    undo: {
      AssociateAccessPolicy: [
        "aws eks disassociate-access-policy --region <awsRegion> --cluster-name <requestParameters.name> --principal-arn <requestParameters.principalArn> --policy-arn <requestParameters.policyArn>",
      ],
    },
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
