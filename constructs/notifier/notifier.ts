import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import { CHANNELS } from "../../alerting/channels/channels";
import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import { TerraformText } from "../../config/function-environment/write";
import {
  type NotifierEnvironmentValues,
  writeNotifierEnvironment,
} from "../../config/function-environment/write-notifier";
import type { Deployment } from "../deployment/deployment";
import { policyDocument } from "../deployment/policy-document";
import { SynthError } from "../deployment/synth-error";
import { environmentBytes, MAX_ENVIRONMENT_BYTES } from "../function/environment-size";
import { functionGround, lambdaFunction, writeOwnLog } from "../function/function-parts";
import type { FunctionZip } from "../function/function-zip";
import type { WorkQueue } from "../messaging/work-queue";
import { channelStatements } from "./channel-permissions";
import { CHANNEL_MAX_RECEIVES, NOTIFIER_TIMEOUT_SECONDS } from "./channel-queue";
import type { ChatTopic } from "./chat-topic";
import { secretStatements } from "./secret-permissions";

const MEMORY_MB = 512;

export interface NotifierProps {
  readonly deployment: Deployment;
  readonly channels: readonly ConfiguredChannel[];
  readonly zip: FunctionZip;
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  /** ARN of the key of the log group. */
  readonly logKeyArn: string;
  /** What channels call accounts, and their readers' time zone. */
  readonly settings: Pick<NotifierEnvironmentValues, "accountNames" | "timeZone">;
  readonly queue: WorkQueue;
  /** Where the notifier remembers what it has sent where. */
  readonly seenTable: {
    readonly tableName: string;
    readonly arn: string;
    readonly openWindowsIndexArn: string;
  };
  /** The key of table, environment and chat topic. */
  readonly keyArn: string;
  /** Undefined where no channel needs it. */
  readonly chatTopic: ChatTopic | undefined;
}

/** The function that sends alerts to channels, with what it may do and what it reads. */
export class Notifier extends Construct {
  readonly functionName: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: NotifierProps) {
    super(scope, id);
    const { deployment, queue, seenTable, chatTopic, keyArn } = props;
    const ground = functionGround(this, {
      deployment,
      functionName: deployment.name("notifier"),
      description: "Sends alerts to channels",
      logGroupName: props.logGroupName,
      logRetentionDays: props.logRetentionDays,
      logKeyArn: props.logKeyArn,
    });
    const permissions = new IamRolePolicy(this, "RolePolicy", {
      name: "notify-channels",
      role: ground.role.name,
      policy: policyDocument(
        {
          Sid: "ReadQueue",
          Effect: "Allow",
          Action: [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            // To wait as long as a vendor asks for.
            "sqs:ChangeMessageVisibility",
          ],
          Resource: queue.arn,
        },
        { Sid: "KeepFailedMessages", Effect: "Allow", Action: "sqs:SendMessage", Resource: queue.deadLetters.arn },
        {
          Sid: "RememberNotifications",
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"],
          Resource: seenTable.arn,
        },
        {
          Sid: "FindUnacknowledged",
          Effect: "Allow",
          Action: "dynamodb:Query",
          Resource: seenTable.openWindowsIndexArn,
        },
        {
          // Of a table's key, DynamoDB uses no more than Decrypt in the name of who reads and writes the table.
          Sid: "DecryptState",
          Effect: "Allow",
          Action: chatTopic ? ["kms:Decrypt", "kms:GenerateDataKey"] : "kms:Decrypt",
          Resource: keyArn,
        },
        ...(chatTopic
          ? [{ Sid: "PublishToChat", Effect: "Allow" as const, Action: "sns:Publish", Resource: chatTopic.arn }]
          : []),
        ...secretStatements(props.channels, deployment),
        ...channelStatements(props.channels, CHANNELS, deployment),
        writeOwnLog(ground),
      ),
    });

    const fn = lambdaFunction(this, ground, {
      description: "Sends alerts to channels",
      zip: props.zip,
      memoryMb: MEMORY_MB,
      timeoutSeconds: NOTIFIER_TIMEOUT_SECONDS,
      variables: environment({
        channels: props.channels,
        accountNames: props.settings.accountNames,
        timeZone: props.settings.timeZone,
        seenTable: seenTable.tableName,
        queueUrl: queue.url,
        chatTopicArn: chatTopic?.arn,
        deadLetterQueues: { [queue.arn]: queue.deadLetters.url },
        maxReceives: CHANNEL_MAX_RECEIVES,
        metricsNamespace: deployment.namePrefix,
      }),
      environmentKeyArn: keyArn,
      // None of ours invokes it asynchronously.
      deadLetterArn: queue.deadLetters.arn,
      permissions,
    });
    new LambdaEventSourceMapping(this, "Mapping", {
      functionName: fn.functionName,
      eventSourceArn: queue.arn,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      // Vendors limit rates, and messages of one incident follow each other.
      scalingConfig: { maximumConcurrency: 2 },
    });
    this.functionName = fn.functionName;
    this.logGroupName = ground.logs.name;
  }
}

/** @throws SynthError when Lambda would refuse it for its size */
function environment(
  values: NotifierEnvironmentValues & { readonly channels: readonly ConfiguredChannel[] },
): Readonly<Record<string, string>> {
  // What a module's caller chooses isn't known.
  const accountNames = values.accountNames instanceof TerraformText ? new TerraformText("") : values.accountNames;
  const bytes = (channels: readonly ConfiguredChannel[]) =>
    environmentBytes(writeNotifierEnvironment({ ...values, channels, accountNames }));
  const { channels } = values;
  if (bytes(channels) <= MAX_ENVIRONMENT_BYTES) return writeNotifierEnvironment(values);
  const fit = channels.findIndex((_, index) => bytes(channels.slice(0, index + 1)) > MAX_ENVIRONMENT_BYTES);
  throw new SynthError(
    `channels has ${channels.length} channels: with accountNames, the notifier's environment would have ${bytes(channels)} bytes, Lambda takes at most ${MAX_ENVIRONMENT_BYTES}, of these channels the first ${fit}: write fewer channels, fewer accounts or detections in them, or name fewer accounts`,
  );
}
