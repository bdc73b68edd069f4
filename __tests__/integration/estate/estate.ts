import { dirname, join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { Attributes, SynthesizedStack } from "../../../cli/demo/synthesized-stack";
import type { Clients } from "../moto/clients";
import type { Deployed } from "./deployed";
import { createKeys, type Keys } from "./keys";
import { createQueues } from "./queues";
import { createTables } from "./table";
import { Terraform } from "./terraform";
import { createSubscriptions, createTopics, type Person } from "./topics";

/** A queue that the function reads, as its event source mapping says. */
export interface Source {
  readonly queueArn: string;
  readonly queueUrl: string;
  /** Where its dead letters go. */
  readonly deadLettersUrl: string;
  readonly batchSize: number;
  readonly maxReceives: number;
  readonly visibilityMs: number;
}

/** A message that a schedule sends. */
export interface Schedule {
  readonly name: string;
  readonly expression: string;
  readonly queueArn: string;
  readonly input: string;
}

/** The stack's resources as moto has them, created from the values in its Terraform JSON. */
export interface Estate {
  /** Where it is; the environment's addresses of queues begin with it. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly alertsTopicArn: string;
  readonly urgentTopicArn: string;
  readonly deliveriesTopicArn: string;
  readonly events: Source;
  readonly deliveries: Source;
  readonly schedules: readonly Schedule[];
  readonly people: readonly Person[];
  /** What the alert function's environment holds. */
  readonly environment: Readonly<Record<string, string>>;
  readonly alertFunction: Deployed;
  /** Where channels are configured. */
  readonly notifier?: Notifier;
}

export interface Notifier {
  readonly deployed: Deployed;
  readonly source: Source;
  readonly chatTopicArn: string;
  /** Of its role, as JSON. */
  readonly policy: string;
}

/** @param keys see {@link createKeys} */
export async function createEstate(stack: SynthesizedStack, clients: Clients, keys: Keys = new Map()): Promise<Estate> {
  const terraform = Terraform.read(stack.jsonPath);
  await createKeys(terraform, clients, keys);
  await createQueues(terraform, clients);
  await createTopics(terraform, clients);
  const people = await createSubscriptions(terraform, clients);
  await createTables(terraform, clients);
  const [, bucket] = terraform.only("aws_s3_bucket");
  await clients.s3.send(new CreateBucketCommand({ Bucket: terraform.text(bucket.bucket) }));
  const folder = dirname(stack.jsonPath);
  const alertFunction = deployedOf(terraform, "AlertFunction", folder);
  const channels = terraform.all("aws_lambda_function").some(([id]) => id.startsWith("Notifier"));
  const topic = (id: string) => terraform.arn("aws_sns_topic", beginning(terraform, "aws_sns_topic", id)[0]);
  return {
    endpoint: clients.endpoint,
    bucket: terraform.text(bucket.bucket),
    alertsTopicArn: topic("AlertsTopic"),
    urgentTopicArn: topic("UrgentTopic"),
    deliveriesTopicArn: topic("DeliveriesTopic"),
    events: sourceOf(terraform, stack.eventsQueueArn),
    deliveries: sourceOf(terraform, stack.deliveriesQueueArn),
    schedules: terraform.all("aws_scheduler_schedule").map(([, schedule]) => {
      const target = schedule.target as { readonly arn: string; readonly input: string };
      return {
        name: terraform.text(schedule.name),
        expression: terraform.text(schedule.schedule_expression),
        queueArn: terraform.text(target.arn),
        input: terraform.text(target.input),
      };
    }),
    people,
    environment: alertFunction.environment,
    alertFunction,
    ...(channels && { notifier: notifierOf(terraform, folder) }),
  };
}

function deployedOf(terraform: Terraform, start: string, folder: string): Deployed {
  const [, fn] = beginning(terraform, "aws_lambda_function", start);
  const { variables } = fn.environment as { readonly variables: Readonly<Record<string, string>> };
  return {
    zipPath: join(folder, terraform.text(fn.filename)),
    handler: terraform.text(fn.handler),
    environment: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, terraform.text(value)])),
  };
}

function notifierOf(terraform: Terraform, folder: string): Notifier {
  const [, mapping] = beginning(terraform, "aws_lambda_event_source_mapping", "Notifier_Mapping");
  const [, { policy }] = beginning(terraform, "aws_iam_role_policy", "Notifier_RolePolicy");
  return {
    deployed: deployedOf(terraform, "Notifier", folder),
    source: sourceOf(terraform, terraform.text(mapping.event_source_arn)),
    chatTopicArn: terraform.arn("aws_sns_topic", beginning(terraform, "aws_sns_topic", "ChatTopic")[0]),
    policy: terraform.text(policy),
  };
}

/** @throws Error when no resource's id begins so */
function beginning(terraform: Terraform, type: string, start: string): readonly [id: string, attributes: Attributes] {
  const found = terraform.all(type).find(([id]) => id.startsWith(start));
  if (!found) throw new Error(`no ${type} begins with ${start}`);
  return found;
}

/** @throws Error unless the function reads the queue, and answers which messages failed */
function sourceOf(terraform: Terraform, queueArn: string): Source {
  const mapping = terraform
    .all("aws_lambda_event_source_mapping")
    .find(([, { event_source_arn: arn }]) => terraform.text(arn) === queueArn)?.[1];
  const responses = (mapping?.function_response_types ?? []) as readonly string[];
  if (!mapping || !responses.includes("ReportBatchItemFailures")) {
    throw new Error(`${queueArn} has no event source mapping that takes partial answers`);
  }
  const queues = terraform.all("aws_sqs_queue");
  const urlOf = (arn: string) => {
    const [id = ""] = queues.find(([queueId]) => terraform.arn("aws_sqs_queue", queueId) === arn) ?? [];
    return terraform.text(`\${aws_sqs_queue.${id}.url}`);
  };
  const [, queue] = queues.find(([id]) => terraform.arn("aws_sqs_queue", id) === queueArn) ?? [];
  const redrive = JSON.parse(terraform.text(queue?.redrive_policy)) as {
    readonly deadLetterTargetArn: string;
    readonly maxReceiveCount: number;
  };
  return {
    queueArn,
    queueUrl: urlOf(queueArn),
    deadLettersUrl: urlOf(redrive.deadLetterTargetArn),
    batchSize: Number(mapping.batch_size),
    maxReceives: redrive.maxReceiveCount,
    visibilityMs: Number(queue?.visibility_timeout_seconds) * 1000,
  };
}
