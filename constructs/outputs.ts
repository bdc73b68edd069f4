import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Trailwarden } from "./trailwarden";

/** Outputs of the stack, which a Terraform module has, too. */
export function addOutputs(stack: TerraformStack, trailwarden: Trailwarden): void {
  const { statementsWithTokens: statements, watchedRegions } = trailwarden;
  const outputs: Record<string, readonly [description: string, value: string | readonly string[]]> = {
    AlertsTopicArn: ["Topic for the alerts that the function publishes", trailwarden.alertsTopic.arn],
    UrgentTopicArn: ["Topic for direct EventBridge and CloudWatch alerts", trailwarden.urgentTopic.arn],
    TrailArn: ["ARN of the trail", trailwarden.trail.arn],
    LogArchiveBucket: ["Bucket for CloudTrail's log files", trailwarden.logArchive.bucketName],
    FunctionName: ["Name of the alert function", trailwarden.alertFunction.functionName],
    ...(trailwarden.chatTopic && {
      ChatTopicArn: ["Topic for Amazon Q Developer in chat applications", trailwarden.chatTopic.arn],
    }),
    ...(watchedRegions.length > 1 && {
      WatchedRegions: ["Regions that alert within seconds, the home region first", watchedRegions],
    }),
    ...(statements.length > 0 && {
      StatementsToAdd: [
        "Statements that the owners of existing resources must add to their policies",
        JSON.stringify(statements),
      ],
    }),
  };
  for (const [name, [description, value]] of Object.entries(outputs)) {
    const logicalId = name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase();
    new TerraformOutput(stack, name, { description, value }).overrideLogicalId(logicalId);
  }
}
