import type { Detection } from "../../definition/detection";

export const lambdaUrlOpen: Detection = {
  id: "lambda-url-open",
  title: "Function URL that anybody may call",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1190", tactic: "Initial Access" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionUrlConfig.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  ],
  why: "The function answers the whole internet without asking who calls, and acts with its role. Intruders leave such an address behind as a back door.",
  runbook: {
    check: "Is the function meant to be public, and does it check its callers itself?",
    command:
      "aws lambda list-function-url-configs --region <awsRegion> --function-name <requestParameters.functionName>",
    contain: "Delete the URL, or let IAM check its callers.",
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
