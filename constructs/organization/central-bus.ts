import { CloudwatchEventBusPolicy } from "@cdktf/provider-aws/lib/cloudwatch-event-bus-policy";
import type { ITerraformDependable, Precondition } from "cdktf";
import { Construct } from "constructs";
import { DETAIL_TYPES } from "../../config/custom-detections/pattern/record-fields";
import type { Organization } from "../../config/organization";
import type { Deployment } from "../deployment/deployment";
import { policyBeside } from "../deployment/origin";
import type { PolicyStatement } from "../deployment/policy-document";

export interface CentralBusProps {
  readonly deployment: Deployment;
  readonly organization: Organization;
  /**
   * What must hold before anything is let in.
   *
   * @default - nothing
   */
  readonly precondition?: Precondition | undefined;
}

/**
 * The policy of the home default event bus, which lets in what member accounts' forwarders send.
 *
 * A bus has one policy: this one replaces whatever the bus had, but for `organization.busStatements`. Where there are any,
 * the bus has a policy already, and it is imported, so that the plan shows what changes in it.
 */
export class CentralBus extends Construct {
  /** What must exist before members' events are let in. */
  readonly writable: readonly ITerraformDependable[];

  /** @throws SynthError when a statement of the owner has the Sid of one of ours */
  constructor(scope: Construct, id: string, { deployment, organization, precondition }: CentralBusProps) {
    super(scope, id);
    const theirs = organization.busStatements ?? [];
    const statements = [
      membersForward(deployment, organization),
      ...(organization.deliveries === "eventbridge" ? [logFilesAnnounced(deployment, organization)] : []),
    ];
    const policy = new CloudwatchEventBusPolicy(this, "Policy", {
      policy: policyBeside(theirs, "organization.busStatements", ...statements),
      ...(precondition && { lifecycle: { precondition: [precondition] } }),
    });
    if (theirs.length > 0) policy.importFrom("default");
    this.writable = [policy];
  }
}

/**
 * Lets the members' forwarders send CloudTrail's events, and nothing else. Beside it, EventBridge refuses an event whose
 * `source` begins with `aws.` from every caller of PutEvents.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
function membersForward(deployment: Deployment, organization: Organization): PolicyStatement {
  const forwarders = `arn:${deployment.partition}:iam::*:role/${deployment.name("forward-*")}`;
  return forwarding("MembersForward", deployment, organization, {
    ArnLike: { "aws:PrincipalArn": forwarders },
    "ForAllValues:StringLike": { "events:source": "aws.*" },
    "ForAllValues:StringEquals": { "events:detail-type": Object.values(DETAIL_TYPES).flat() },
  });
}

/** Lets S3's notices of new log files in from the account that owns the organization trail's bucket. */
function logFilesAnnounced(deployment: Deployment, organization: Organization): PolicyStatement {
  return forwarding("LogFilesAnnounced", deployment, organization, {
    "ForAllValues:StringEquals": { "events:source": "aws.s3", "events:detail-type": "Object Created" },
  });
}

/** What rules of the organization's accounts pass on, under further conditions. */
function forwarding(
  sid: string,
  deployment: Deployment,
  organization: Organization,
  condition: NonNullable<PolicyStatement["Condition"]>,
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: "*",
    Action: "events:PutEvents",
    Resource: deployment.arn("events", "event-bus/default"),
    Condition: {
      StringEquals: { "aws:PrincipalOrgID": organization.id },
      // True when a rule sends, false when PutEvents is called.
      Bool: { "events:eventBusInvocation": "true" },
      ...condition,
      // ForAllValues is true of a key that isn't there.
      Null: { "events:source": "false", "events:detail-type": "false" },
    },
  };
}
