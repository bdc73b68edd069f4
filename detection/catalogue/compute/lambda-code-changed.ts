import type { Detection } from "../../definition/detection";

export const lambdaCodeChanged: Detection = {
  id: "lambda-code-changed",
  title: "Lambda function code changed",
  severity: "low",
  tier: "digest",
  attack: { technique: "T1525", tactic: "Persistence" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html",
    "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.lambda-overwrite-code/",
  ],
  why: "Deployments replace code all day. Any other code runs with the function's role and sees all data that the function handles.",
  runbook: {
    check: "Was it your pipeline, at the time of a deployment? Compare the code's hash with your build.",
    command:
      "aws lambda get-function-configuration --region <awsRegion> --function-name <requestParameters.functionName> --query '[CodeSha256,LastModified]'",
    contain: "Stop the function (concurrency 0), deploy the last good build, then remove the limit.",
    undo: {
      UpdateFunctionCode:
        "aws lambda put-function-concurrency --region <awsRegion> --function-name <requestParameters.functionName> --reserved-concurrent-executions 0",
    },
  },
  pattern: {
    source: ["aws.lambda"],
    detail: {
      eventSource: ["lambda.amazonaws.com"],
      // Lambda's event names end in the version of the API.
      eventName: [{ prefix: "UpdateFunctionCode" }],
      errorCode: [{ exists: false }],
      requestParameters: { dryRun: [false, { exists: false }] },
    },
  },
};
