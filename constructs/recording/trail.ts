import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { adopt, type Origin } from "../deployment/origin";

export interface TrailProps {
  readonly trailName: string;
  readonly keyArn: string;
  readonly bucket: { readonly bucketName: string; readonly arn: string };
  readonly logGroup: { readonly arn: string; readonly roleArn: string } | undefined;
  /**
   * Name, not ARN, of the topic that is notified of new log files: an ARN would show a difference in every plan, except of a
   * topic of another account.
   */
  readonly deliveriesTopicName: string | undefined;
  /** Policies without which CloudTrail refuses to be created. */
  readonly dependsOn: readonly ITerraformDependable[];
  readonly origin: Origin;
  /** Whether it records every account of an organization. */
  readonly ofOrganization: boolean;
}

/**
 * The trail: every management event of every region, reads and writes, and every deletion in the log archive itself.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html
 */
export class Trail extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    if (props.origin.mode === "existing") {
      this.arn = props.origin.id;
      return;
    }
    const trail = new Cloudtrail(this, "Trail", {
      name: props.trailName,
      enableLogging: true,
      isMultiRegionTrail: true,
      ...(props.ofOrganization && { isOrganizationTrail: true }),
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: props.keyArn,
      s3BucketName: props.bucket.bucketName,
      ...(props.deliveriesTopicName !== undefined && { snsTopicName: props.deliveriesTopicName }),
      ...(props.logGroup && {
        cloudWatchLogsGroupArn: `${props.logGroup.arn}:*`,
        cloudWatchLogsRoleArn: props.logGroup.roleArn,
      }),
      advancedEventSelector: [
        {
          name: "Management events",
          fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }],
        },
        {
          // Deletions alone: CloudTrail's own writes would be recorded by writing, for ever.
          name: "Deletions in the log archive",
          fieldSelector: [
            { field: "eventCategory", equalTo: ["Data"] },
            { field: "resources.type", equalTo: ["AWS::S3::Object"] },
            { field: "resources.ARN", startsWith: [`${props.bucket.arn}/`] },
            { field: "eventName", startsWith: ["Delete"] },
          ],
        },
      ],
      dependsOn: [...props.dependsOn],
    });
    // A plan that unset the second would stop recording the organization's member accounts.
    adopt(props.origin, trail, ["insight_selector", ...(props.ofOrganization ? [] : ["is_organization_trail"])]);
    this.arn = trail.arn;
  }
}
