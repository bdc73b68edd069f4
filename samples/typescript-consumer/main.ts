import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Trailwarden } from "trailwarden";

class MonitoringStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "Aws", { region: "us-east-1", defaultTags: [{ tags: { application: "trailwarden" } }] });
    const { alertsTopic } = new Trailwarden(this, "Default", {
      subscribers: [{ protocol: "email", endpoint: "oncall@example.com", minSeverity: "low" }],
    });

    // A queue of your own, which receives every alert.
    const tickets = new SqsQueue(this, "Tickets", { name: "tickets", sqsManagedSseEnabled: true });
    new SqsQueuePolicy(this, "TicketsPolicy", {
      queueUrl: tickets.url,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "SnsSends",
            Effect: "Allow",
            Principal: { Service: "sns.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: tickets.arn,
            Condition: { ArnEquals: { "aws:SourceArn": alertsTopic.arn } },
          },
        ],
      }),
    });
    new SnsTopicSubscription(this, "TicketsSubscription", {
      topicArn: alertsTopic.arn,
      protocol: "sqs",
      endpoint: tickets.arn,
    });
  }
}

const app = new App();
new MonitoringStack(app, "trailwarden");
app.synth();
