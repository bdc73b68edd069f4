import { CreateQueueCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "../moto/clients";
import type { Terraform } from "./terraform";

/** Terraform's names of what SQS calls otherwise. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  message_retention_seconds: "MessageRetentionPeriod",
  visibility_timeout_seconds: "VisibilityTimeout",
};

/** Creates the stack's queues of the home region, then says where their dead letters go. */
export async function createQueues(terraform: Terraform, { sqs }: Clients): Promise<void> {
  const urls = new Map<string, string>();
  for (const [id, queue] of terraform.all("aws_sqs_queue")) {
    if (queue.region !== undefined) continue;
    const given = Object.entries(ATTRIBUTES).filter(([name]) => queue[name] !== undefined);
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({
        QueueName: terraform.text(queue.name),
        Attributes: Object.fromEntries(given.map(([name, attribute]) => [attribute, String(queue[name])])),
      }),
    );
    urls.set(id, QueueUrl);
    terraform.know("aws_sqs_queue", id, "url", QueueUrl);
    terraform.know("aws_sqs_queue", id, "id", QueueUrl);
  }
  for (const [id, { redrive_policy: policy }] of terraform.all("aws_sqs_queue")) {
    if (policy === undefined) continue;
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: urls.get(id),
        Attributes: { RedrivePolicy: terraform.text(policy) },
      }),
    );
  }
}
