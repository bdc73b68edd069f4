import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Precondition } from "cdktf";
import { Construct } from "constructs";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import type { Deployment } from "../deployment/deployment";
import { assumeRolePolicy, policyDocument } from "../deployment/policy-document";
import { forwarderName, type NumberedForwarder, RegionForwarders } from "./region-forwarders";

export interface ForwardingProps {
  readonly deployment: Deployment;
  readonly forwarders: readonly Forwarder[];
  /** Regions to forward from: never the one that the bus lies in. */
  readonly regions: readonly string[];
  /** The region whose bus sees the events of IAM and other global services. */
  readonly globalRegion: string;
  /** ARN of the bus that the events go to. */
  readonly busArn: string;
  /**
   * What must hold before any of it is made.
   *
   * @default - nothing
   */
  readonly precondition?: Precondition | undefined;
}

/**
 * Passes events of other regions to the bus whose rules judge them: a few rules in each region, and one role, since IAM is
 * global. A rule needs the role to reach a bus of another region.
 *
 * Targets depend on the role's policy: they are made after it and destroyed before it, so that none is ever refused.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-resource-policy.html
 */
export class Forwarding extends Construct {
  constructor(scope: Construct, id: string, props: ForwardingProps) {
    super(scope, id);
    const { deployment, busArn, precondition } = props;
    const numbered = props.forwarders.map((forwarder, index) => ({ ...forwarder, number: index + 1 }));
    const perRegion = props.regions
      .map((region) => [region, numbered.filter(({ where }) => isIn(region, where, props.globalRegion))] as const)
      .filter(([, forwarders]) => forwarders.length > 0);
    const used = numbered.filter((each) => perRegion.some(([, forwarders]) => forwarders.includes(each)));
    if (used.length === 0) return;
    const role = new IamRole(this, "Role", {
      // IAM is global: with the region, deployments in two regions don't collide.
      name: deployment.name(`forward-${deployment.region}`),
      description: "EventBridge passes events of other regions to the home region",
      assumeRolePolicy: assumeRolePolicy("events.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": deployment.account },
        ArnLike: {
          "aws:SourceArn": used.map((each) =>
            deployment.arn("events", `rule/${forwarderName(deployment, each)}`, { region: "*" }),
          ),
        },
      }),
      ...deployment.roles,
      ...(precondition && { lifecycle: { precondition: [precondition] } }),
    });
    const permissions = new IamRolePolicy(this, "RolePolicy", {
      name: "put-events",
      role: role.name,
      policy: policyDocument({ Sid: "PutEvents", Effect: "Allow", Action: "events:PutEvents", Resource: busArn }),
    });
    for (const [region, forwarders] of perRegion) {
      new RegionForwarders(this, region, {
        deployment,
        region,
        forwarders,
        busArn,
        roleArn: role.arn,
        dependsOn: [permissions],
      });
    }
  }
}

function isIn(region: string, where: NumberedForwarder["where"], globalRegion: string): boolean {
  return where === "everywhere" || region === globalRegion;
}
