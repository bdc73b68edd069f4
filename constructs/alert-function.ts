import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import type { Deployment } from "./deployment";
import type { FunctionZip } from "./function-zip";
import { assumeRolePolicy, policyDocument } from "./policy-document";
import { SynthError } from "./synth-error";

/** Seconds; a large log file takes a few. */
export const FUNCTION_TIMEOUT_SECONDS = 120;
/** MB; holds a log file of 256 MB decompressed, and buys the processor time that reading it takes. */
const MEMORY_MB = 1_769;
/** Bytes of environment that Lambda takes. */
const MAX_ENVIRONMENT_BYTES = 4_096;

export interface AlertFunctionProps {
  readonly deployment: Deployment;
  readonly zip: FunctionZip;
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  /** Ids, joined by commas. */
  readonly disabledDetections: string;
  readonly archive: { readonly arn: string; readonly keyArn: string };
  /** `keyArn`: the key of the topic, where it has one. */
  readonly alerts: { readonly topicArn: string; readonly keyArn: string | undefined };
  /** ARN of the key that encrypts the environment; the function may decrypt with it. */
  readonly environmentKeyArn: string;
  readonly eventsQueueArn: string;
  readonly deliveriesQueueArn: string;
  /** ARN of the queue that takes what fails when the function is invoked asynchronously, as SNS does. */
  readonly deadLetterArn: string;
}

/** The function that judges events and log files and publishes alerts, with what it may do and what it reads. */
export class AlertFunction extends Construct {
  readonly functionName: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: AlertFunctionProps) {
    super(scope, id);
    const { deployment } = props;
    const functionName = deployment.name("alerts");
    const { keyArn: topicKeyArn } = props.alerts;
    const keys =
      topicKeyArn === undefined || topicKeyArn === props.environmentKeyArn
        ? props.environmentKeyArn
        : [topicKeyArn, props.environmentKeyArn];
    const logs = new CloudwatchLogGroup(this, "LogGroup", {
      name: props.logGroupName,
      kmsKeyId: props.archive.keyArn,
      retentionInDays: props.logRetentionDays,
    });
    const role = new IamRole(this, "Role", {
      // IAM is global: with the region, deployments in two regions don't collide.
      name: `${functionName}-${deployment.region}`,
      description: "Reads CloudTrail log files and events, publishes alerts",
      assumeRolePolicy: assumeRolePolicy("lambda.amazonaws.com"),
    });
    const permissions = new IamRolePolicy(this, "RolePolicy", {
      name: "judge-and-alert",
      role: role.name,
      policy: policyDocument(
        {
          Sid: "ReadQueues",
          Effect: "Allow",
          Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
          Resource: [props.eventsQueueArn, props.deliveriesQueueArn],
        },
        {
          Sid: "ReadLogFiles",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: `${props.archive.arn}/AWSLogs/${deployment.account}/*`,
        },
        { Sid: "DecryptLogFiles", Effect: "Allow", Action: "kms:Decrypt", Resource: props.archive.keyArn },
        { Sid: "PublishAlerts", Effect: "Allow", Action: "sns:Publish", Resource: props.alerts.topicArn },
        {
          Sid: "EncryptAlerts",
          Effect: "Allow",
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: keys,
        },
        { Sid: "KeepFailedInvocations", Effect: "Allow", Action: "sqs:SendMessage", Resource: props.deadLetterArn },
        {
          Sid: "WriteOwnLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${logs.arn}:*`,
        },
      ),
    });

    const asset = new TerraformAsset(this, "Zip", { path: props.zip.path, type: AssetType.FILE });
    const fn = new LambdaFunction(this, "Function", {
      functionName,
      description: "Judges CloudTrail's events and log files, publishes alerts",
      role: role.arn,
      filename: asset.path,
      sourceCodeHash: props.zip.hash,
      handler: "index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: MEMORY_MB,
      timeout: FUNCTION_TIMEOUT_SECONDS,
      environment: {
        variables: limited({
          SNS_TOPIC_ARN: props.alerts.topicArn,
          DISABLED_DETECTIONS: props.disabledDetections,
        }),
      },
      // The role may use this key already; without it no alert goes out anyway.
      kmsKeyArn: props.environmentKeyArn,
      deadLetterConfig: { targetArn: props.deadLetterArn },
      tracingConfig: { mode: "PassThrough" },
      loggingConfig: { logFormat: "Text", logGroup: logs.name },
      dependsOn: [permissions],
    });

    const mapping = {
      functionName: fn.functionName,
      functionResponseTypes: ["ReportBatchItemFailures"],
      // Caps how much of the account's concurrency the monitor takes; reserving would fail in new accounts.
      scalingConfig: { maximumConcurrency: 5 },
    };
    new LambdaEventSourceMapping(this, "EventsMapping", {
      ...mapping,
      eventSourceArn: props.eventsQueueArn,
      batchSize: 10,
    });
    new LambdaEventSourceMapping(this, "DeliveriesMapping", {
      ...mapping,
      eventSourceArn: props.deliveriesQueueArn,
      batchSize: 5,
    });
    this.functionName = fn.functionName;
    this.logGroupName = logs.name;
  }
}

/** @throws SynthError when the variables are more than Lambda takes; references are counted as long as an ARN may be */
function limited(variables: Record<string, string>): Record<string, string> {
  const bytes = Object.entries(variables).reduce(
    (sum, [name, value]) => sum + name.length + (value.includes("${") ? 512 : Buffer.byteLength(value)),
    0,
  );
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    throw new SynthError(
      `the function's environment would have ${bytes} bytes, Lambda takes at most ${MAX_ENVIRONMENT_BYTES}: disable fewer detections by name`,
    );
  }
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
}
