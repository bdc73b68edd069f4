import type { Detection } from "../../definition/detection";

export const lambdaMadePublic: Detection = {
  id: "lambda-made-public",
  title: "Lambda function made public",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1098", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.lambda-backdoor-function/",
  ],
  why: "Any AWS account can now invoke the function, which acts with its role. This back door survives credential rotation.",
  runbook: {
    check: "Is it a function URL that should be public? Check the function's policy.",
    command: "aws lambda get-policy --region <awsRegion> --function-name <requestParameters.functionName>",
    contain: "Remove the permission.",
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
