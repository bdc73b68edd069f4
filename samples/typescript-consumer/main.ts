import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { App } from "cdktf";
import { checkConfig } from "trailwarden/config/check";
import { functionCode } from "trailwarden/constructs/function-code";
import { zipFunction } from "trailwarden/constructs/function-zip";
import { queuePolicy } from "trailwarden/constructs/queue-policy";
import { runProgram } from "trailwarden/constructs/run-program";
import { suppressionsOf } from "trailwarden/constructs/suppressions";
import { TrailwardenStack } from "trailwarden/constructs/trailwarden-stack";
import { catalogue } from "trailwarden/detections/catalogue";

async function main(): Promise<void> {
  const { config, warnings } = checkConfig(
    { subscribers: [{ protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" }] },
    catalogue.map(({ id }) => id),
  );
  const zip = zipFunction(await functionCode(), catalogue, suppressionsOf(config, catalogue));
  const app = new App();
  const stack = new TrailwardenStack(app, "trailwarden", { config, catalogue, zip, warnings });

  // Beside it a queue of your own, which takes every alert.
  const tickets = new SqsQueue(stack, "Tickets", { name: "tickets", sqsManagedSseEnabled: true });
  new SqsQueuePolicy(stack, "TicketsPolicy", {
    queueUrl: tickets.url,
    policy: queuePolicy(tickets.arn, [{ service: "sns.amazonaws.com", sourceArns: [stack.alertsTopicArn] }]),
  });
  new SnsTopicSubscription(stack, "TicketsSubscription", {
    topicArn: stack.alertsTopicArn,
    protocol: "sqs",
    endpoint: tickets.arn,
  });
  app.synth();
}

runProgram(main);
