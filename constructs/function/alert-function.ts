import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import type { MonitoredOrganization } from "../../config/function-environment/variables";
import {
  type EnvironmentValues,
  type FunctionSettings,
  TerraformText,
  writeEnvironment,
} from "../../config/function-environment/write";
import type { GivenNames } from "../../detection/definition/names";
import type { Deployment } from "../deployment/deployment";
import { longestNames } from "../deployment/longest-names";
import { oneOrAll, type PolicyStatement, policyDocument } from "../deployment/policy-document";
import { SynthError } from "../deployment/synth-error";
import { MAX_RECEIVE_COUNT } from "../messaging/work-queue";
import { environmentBytes, MAX_ENVIRONMENT_BYTES, withLongest } from "./environment-size";
import { functionGround, lambdaFunction, writeOwnLog } from "./function-parts";
import type { FunctionZip } from "./function-zip";
import { nameAccounts } from "./name-accounts";

/** Seconds; a large log file takes a few. */
export const FUNCTION_TIMEOUT_SECONDS = 120;
/** MB; holds a log file of 256 MB decompressed, and buys the processor time that reading it takes. */
const MEMORY_MB = 1_769;
/** Characters that may stand for a reference to a topic, whose name has up to 256. */
const TOPIC_ARN_LENGTH = 320;

/** A queue that the function reads. */
export interface SourceQueue {
  readonly arn: string;
  readonly deadLetters: { readonly arn: string; readonly url: string };
}

export interface AlertFunctionProps {
  readonly deployment: Deployment;
  readonly zip: FunctionZip;
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  /** What the function reads of the configuration, and what is suppressed beside what the zip says. */
  readonly settings: FunctionSettings;
  /** Keys of the accounts' tags that channels ask for. */
  readonly accountTags: readonly string[];
  /** The organization whose accounts are monitored; undefined: the own account alone. */
  readonly organization: MonitoredOrganization | undefined;
  /** What the patterns' placeholders stand for. */
  readonly names: GivenNames;
  /** Regions whose events come by EventBridge, the home region first; none where there is only the home region of one account. */
  readonly regions: readonly string[];
  /** `arns`: with `*`; `keyArn`: their key; `decrypts`: a condition on what it decrypts, unless it is ours alone. */
  readonly logFiles: {
    readonly arns: readonly string[];
    readonly keyArn: string;
    readonly decrypts: PolicyStatement["Condition"];
  };
  /** ARN of the key of the function's log group. */
  readonly logKeyArn: string;
  /** `keyArn`: the key of the topic, where it has one. */
  readonly alerts: { readonly topicArn: string; readonly keyArn: string | undefined };
  /** Where the function remembers what it has told; `keyArn`: the key of the table. */
  readonly seenTable: {
    readonly tableName: string;
    readonly arn: string;
    readonly openWindowsIndexArn: string;
    readonly keyArn: string;
  };
  /** ARN of the key that encrypts the environment; the function may decrypt with it. */
  readonly environmentKeyArn: string;
  readonly eventsQueue: SourceQueue;
  readonly deliveriesQueue: SourceQueue;
  /** ARN of the queue that takes what fails when the function is invoked asynchronously, as SNS does. */
  readonly deadLetterArn: string;
}

/** The function that evaluates events and log files and publishes alerts, with what it may do and what it reads. */
export class AlertFunction extends Construct {
  readonly functionName: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: AlertFunctionProps) {
    super(scope, id);
    const { deployment, eventsQueue, deliveriesQueue, seenTable } = props;
    const keys = new Set([props.alerts.keyArn ?? props.environmentKeyArn, props.environmentKeyArn, seenTable.keyArn]);
    const ground = functionGround(this, {
      deployment,
      functionName: deployment.name("alerts"),
      description: "Reads CloudTrail log files and events, publishes alerts",
      logGroupName: props.logGroupName,
      logRetentionDays: props.logRetentionDays,
      logKeyArn: props.logKeyArn,
    });
    const permissions = new IamRolePolicy(this, "RolePolicy", {
      name: "evaluate-and-alert",
      role: ground.role.name,
      policy: policyDocument(
        {
          Sid: "ReadQueues",
          Effect: "Allow",
          Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
          Resource: [eventsQueue.arn, deliveriesQueue.arn],
        },
        {
          Sid: "ReadLogFiles",
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: oneOrAll(props.logFiles.arns),
        },
        {
          Sid: "DecryptLogFiles",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: props.logFiles.keyArn,
          ...(props.logFiles.decrypts && { Condition: props.logFiles.decrypts }),
        },
        { Sid: "PublishAlerts", Effect: "Allow", Action: "sns:Publish", Resource: props.alerts.topicArn },
        {
          // Of a table's key, DynamoDB uses no more than Decrypt in the name of who reads and writes the table.
          // Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
          Sid: "EncryptAlerts",
          Effect: "Allow",
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: [...keys],
        },
        {
          Sid: "RememberMatches",
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"],
          Resource: seenTable.arn,
        },
        { Sid: "FindOpenWindows", Effect: "Allow", Action: "dynamodb:Query", Resource: seenTable.openWindowsIndexArn },
        {
          Sid: "KeepFailedMessages",
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: [eventsQueue.deadLetters.arn, deliveriesQueue.deadLetters.arn],
        },
        // Of IAM, this call names no resource. Source: the Service Authorization Reference of IAM.
        { Sid: "NameOwnAccount", Effect: "Allow", Action: "iam:ListAccountAliases", Resource: "*" },
        ...(props.organization ? nameAccounts(props.organization, deployment.partition) : []),
        { Sid: "KeepFailedInvocations", Effect: "Allow", Action: "sqs:SendMessage", Resource: props.deadLetterArn },
        writeOwnLog(ground),
      ),
    });

    const fn = lambdaFunction(this, ground, {
      description: "Evaluates CloudTrail events and log files, publishes alerts",
      zip: props.zip,
      memoryMb: MEMORY_MB,
      timeoutSeconds: FUNCTION_TIMEOUT_SECONDS,
      variables: environmentOf(props.settings, {
        topicArn: props.alerts.topicArn,
        seenTable: seenTable.tableName,
        deadLetterQueues: {
          [eventsQueue.arn]: eventsQueue.deadLetters.url,
          [deliveriesQueue.arn]: deliveriesQueue.deadLetters.url,
        },
        maxReceives: MAX_RECEIVE_COUNT,
        metricsNamespace: deployment.namePrefix,
        accountTags: props.accountTags,
        regions: props.regions,
        names: props.names,
      }),
      // Without this key no alert goes out anyway.
      environmentKeyArn: props.environmentKeyArn,
      deadLetterArn: props.deadLetterArn,
      permissions,
    });

    const mapping = {
      functionName: fn.functionName,
      functionResponseTypes: ["ReportBatchItemFailures"],
      // Caps how much of the account's concurrency the monitor takes; reserving would fail in new accounts.
      scalingConfig: { maximumConcurrency: 5 },
    };
    new LambdaEventSourceMapping(this, "EventsMapping", {
      ...mapping,
      eventSourceArn: eventsQueue.arn,
      batchSize: 10,
    });
    new LambdaEventSourceMapping(this, "DeliveriesMapping", {
      ...mapping,
      eventSourceArn: deliveriesQueue.arn,
      batchSize: 5,
    });
    this.functionName = fn.functionName;
    this.logGroupName = ground.logs.name;
  }
}

/**
 * @throws SynthError when the variables are more than Lambda takes. References are counted as long as they may be; what a
 * module's caller chooses, Terraform measures: see `environmentCheck`
 */
function environmentOf(
  settings: FunctionSettings,
  others: Omit<EnvironmentValues, keyof FunctionSettings> & { readonly topicArn: string; readonly names: GivenNames },
): Readonly<Record<string, string>> {
  const values = { ...mapped(settings, withReference), ...others };
  const measured = writeEnvironment({
    ...values,
    ...mapped(settings, (value) => (value instanceof TerraformText ? new TerraformText("") : withReference(value))),
    topicArn: withLongest(others.topicArn, TOPIC_ARN_LENGTH),
    names: longestNames(others.names),
  });
  const bytes = environmentBytes(measured);
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    throw new SynthError(
      `the function's environment would have ${bytes} bytes, Lambda takes at most ${MAX_ENVIRONMENT_BYTES}: disable fewer detections by name, or name fewer accounts`,
    );
  }
  return writeEnvironment(values);
}

function mapped(settings: FunctionSettings, change: (value: unknown) => unknown): FunctionSettings {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, change(value)]),
  ) as unknown as FunctionSettings;
}

/** A reference to a number as text: as a number it would be written with its digits. */
function withReference(value: unknown): unknown {
  return typeof value === "number" && Token.isUnresolved(value)
    ? new TerraformText(Tokenization.stringifyNumber(value))
    : value;
}
