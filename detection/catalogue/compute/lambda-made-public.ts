import type { Detection } from "../../definition/detection";

export const lambdaMadePublic: Detection = {
  id: "lambda-made-public",
  title: "Function opened to every AWS account",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.lambda-backdoor-function/",
  ],
  why: "Anybody with an AWS account can now call the function, which acts with its role: a way back in that survives every password change.",
  runbook: {
    check: "Is it a function URL that the public is meant to use? See the function's policy.",
    command: "aws lambda get-policy --region <awsRegion> --function-name <requestParameters.functionName>",
    contain: "Take the permission away.",
    undo: {
      AddPermission:
        "aws lambda remove-permission --region <awsRegion> --function-name <requestParameters.functionName> --statement-id <requestParameters.statementId>",
    },
  },
  pattern: {
    source: ["aws.lambda"],
    detail: {
      eventSource: ["lambda.amazonaws.com"],
      // Lambda's event names end in the version of the API.
      eventName: [{ prefix: "AddPermission" }],
      errorCode: [{ exists: false }],
      requestParameters: { principal: ["*"], principalOrgID: [{ exists: false }] },
    },
  },
};
