import type { Detection } from "../../definition/detection";

export const lambdaUrlOpen: Detection = {
  id: "lambda-url-open",
  title: "Lambda function URL without authentication",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1190", tactic: "Initial Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionUrlConfig.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  ],
  why: "The function answers the whole internet without authentication and acts with its role. Intruders leave such URLs as back doors.",
  runbook: {
    check: "Is the function meant to be public, and does it authenticate its callers itself?",
    command:
      "aws lambda list-function-url-configs --region <awsRegion> --function-name <requestParameters.functionName>",
    contain: "Delete the URL, or require IAM authentication.",
    undo: {
      CreateFunctionUrlConfig:
        "aws lambda delete-function-url-config --region <awsRegion> --function-name <requestParameters.functionName>",
      UpdateFunctionUrlConfig:
        "aws lambda update-function-url-config --region <awsRegion> --function-name <requestParameters.functionName> --auth-type AWS_IAM",
    },
  },
  pattern: {
    source: ["aws.lambda"],
    detail: {
      eventSource: ["lambda.amazonaws.com"],
      // Lambda's event names may end in the version of the API.
      eventName: [{ prefix: "CreateFunctionUrlConfig" }, { prefix: "UpdateFunctionUrlConfig" }],
      errorCode: [{ exists: false }],
      requestParameters: { authType: ["NONE"] },
    },
  },
};
