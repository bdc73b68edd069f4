import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { adopt, type Origin } from "../deployment/origin";
import { assumeRolePolicy, oneOrAll, policyDocument } from "../deployment/policy-document";

export interface TrailLogGroupProps {
  readonly deployment: Deployment;
  readonly logGroupName: string;
  readonly keyArn: string;
  /** Days; one of the periods that CloudWatch Logs offers. */
  readonly retentionDays: number;
  readonly origin: Origin;
  /** Whose organization the trail records; the streams are named after it, and `<account>_CloudTrail_…` otherwise. */
  readonly organization?: { readonly id: string; readonly managementAccount: string } | undefined;
}

/**
 * The log group that CloudTrail writes to, and the role it writes with: that group's streams, nothing else.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export class TrailLogGroup extends Construct {
  readonly arn: string;
  readonly roleArn: string;
  /** What must exist before CloudTrail may write here. */
  readonly writable: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TrailLogGroupProps) {
    super(scope, id);
    const { deployment, logGroupName, origin, organization } = props;
    const group = origin.mode === "existing" ? undefined : this.group(props);
    const role = new IamRole(this, "Role", {
      // IAM is global: with the region, deployments in two regions don't collide.
      name: deployment.name(`trail-logs-${deployment.region}`),
      description: "CloudTrail writes its events to CloudWatch Logs",
      assumeRolePolicy: assumeRolePolicy("cloudtrail.amazonaws.com"),
      ...deployment.roles,
    });
    const streams = [
      `${deployment.account}_CloudTrail_*`,
      ...(organization ? [`${organization.managementAccount}_CloudTrail_*`, `${organization.id}_*`] : []),
    ].map((stream) => deployment.arn("logs", `log-group:${logGroupName}:log-stream:${stream}`));
    const policy = new IamRolePolicy(this, "RolePolicy", {
      name: "write-log-streams",
      role: role.name,
      policy: policyDocument({
        Sid: "WriteLogStreams",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: oneOrAll(streams),
      }),
    });
    this.arn = group?.arn ?? deployment.arn("logs", `log-group:${logGroupName}`);
    this.roleArn = role.arn;
    this.writable = group ? [group, policy] : [policy];
  }

  private group({ logGroupName, keyArn, retentionDays, origin }: TrailLogGroupProps): CloudwatchLogGroup {
    const group = new CloudwatchLogGroup(this, "Group", {
      name: logGroupName,
      kmsKeyId: keyArn,
      retentionInDays: retentionDays,
      // A destroy must be able to delete what we created. docs/decisions/0007-alarms.md
      ...(origin.mode === "adopt" && { deletionProtectionEnabled: true }),
    });
    adopt(origin, group);
    return group;
  }
}
