import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Trailwarden } from "./trailwarden";

/** What a root module or a caller needs of the stack. */
export function addOutputs(stack: TerraformStack, trailwarden: Trailwarden): void {
  const { statementsWithTokens: statements } = trailwarden;
  const outputs: Record<string, readonly [description: string, value: string]> = {
    AlertsTopicArn: ["Topic of the alerts that the function publishes", trailwarden.alertsTopic.arn],
    UrgentTopicArn: ["Topic of what EventBridge and the alarms tell themselves", trailwarden.urgentTopic.arn],
    TrailArn: ["The trail", trailwarden.trail.arn],
    LogArchiveBucket: ["Bucket of CloudTrail's log files", trailwarden.logArchive.bucketName],
    FunctionName: ["The alert function", trailwarden.alertFunction.functionName],
    ...(statements.length > 0 && {
      StatementsToAdd: [
        "Statements that the owners of resources used as they are have to add to their policies",
        JSON.stringify(statements),
      ],
    }),
  };
  for (const [name, [description, value]] of Object.entries(outputs)) {
    const logicalId = name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase();
    new TerraformOutput(stack, name, { description, value }).overrideLogicalId(logicalId);
  }
}
