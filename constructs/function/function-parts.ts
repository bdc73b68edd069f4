import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { AssetType, type ITerraformDependable, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { assumeRolePolicy, type PolicyStatement } from "../deployment/policy-document";
import type { FunctionZip } from "./function-zip";

/** A function's log group and role. */
export interface FunctionGround {
  readonly functionName: string;
  readonly logs: CloudwatchLogGroup;
  readonly role: IamRole;
}

export interface FunctionGroundProps {
  readonly deployment: Deployment;
  readonly functionName: string;
  /** What the role is for. */
  readonly description: string;
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  /** ARN of the key of the log group. */
  readonly logKeyArn: string;
}

/** What a function of the monitor stands on, in the function's own construct. */
export function functionGround(scope: Construct, props: FunctionGroundProps): FunctionGround {
  const { deployment, functionName } = props;
  const logs = new CloudwatchLogGroup(scope, "LogGroup", {
    name: props.logGroupName,
    kmsKeyId: props.logKeyArn,
    retentionInDays: props.logRetentionDays,
  });
  const role = new IamRole(scope, "Role", {
    name: deployment.functionRoleName(functionName),
    description: props.description,
    assumeRolePolicy: assumeRolePolicy("lambda.amazonaws.com"),
    ...deployment.roles,
  });
  return { functionName, logs, role };
}

/** A function may write to its own log group alone. */
export function writeOwnLog({ logs }: Pick<FunctionGround, "logs">): PolicyStatement {
  return {
    Sid: "WriteOwnLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logs.arn}:*`,
  };
}

export interface FunctionProps {
  readonly description: string;
  readonly zip: FunctionZip;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly variables: Readonly<Record<string, string>>;
  /** ARN of the key that encrypts the variables; the role may use it already. */
  readonly environmentKeyArn: string;
  /** ARN of the queue that takes what fails when the function is invoked asynchronously. */
  readonly deadLetterArn: string;
  /** What the role must be allowed before the function starts. */
  readonly permissions: ITerraformDependable;
}

/** The function itself: both run the same runtime on the same processor, and log alike. */
export function lambdaFunction(
  scope: Construct,
  { functionName, logs, role }: FunctionGround,
  props: FunctionProps,
): LambdaFunction {
  const asset = new TerraformAsset(scope, "Zip", { path: props.zip.path, type: AssetType.FILE });
  return new LambdaFunction(scope, "Function", {
    functionName,
    description: props.description,
    role: role.arn,
    filename: asset.path,
    sourceCodeHash: props.zip.hash,
    handler: "index.handler",
    runtime: "nodejs24.x",
    architectures: ["arm64"],
    memorySize: props.memoryMb,
    timeout: props.timeoutSeconds,
    environment: { variables: props.variables },
    kmsKeyArn: props.environmentKeyArn,
    deadLetterConfig: { targetArn: props.deadLetterArn },
    tracingConfig: { mode: "PassThrough" },
    loggingConfig: { logFormat: "Text", logGroup: logs.name },
    dependsOn: [props.permissions],
  });
}
