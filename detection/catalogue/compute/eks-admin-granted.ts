import type { Detection } from "../../definition/detection";

export const eksAdminGranted: Detection = {
  id: "eks-admin-granted",
  title: "EKS cluster admin access granted",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html",
    "https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html",
    "https://stratus-red-team.cloud/attack-techniques/EKS/eks.lateral-movement.create-access-entry/",
  ],
  why: "The principal can now do anything in the cluster: read its secrets and use the roles of all its workloads.",
  runbook: {
    check: "Who got access (principalArn), to which cluster, and who requested it?",
    command:
      "aws eks list-associated-access-policies --region <awsRegion> --cluster-name <requestParameters.name> --principal-arn <requestParameters.principalArn>",
    contain: "Remove the access, and look for what the principal left in the cluster.",
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
