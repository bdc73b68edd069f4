import { CloudformationStackSet } from "@cdktf/provider-aws/lib/cloudformation-stack-set";
import { CloudformationStackSetInstance } from "@cdktf/provider-aws/lib/cloudformation-stack-set-instance";
import { conditional, type ITerraformDependable, Op, Token } from "cdktf";
import { Construct } from "constructs";
import { globalEventsRegionOf } from "../../config/regions";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import { MemberTemplateError, memberTemplate } from "../../detection/forwarding/member-template";
import type { Deployment } from "../deployment/deployment";
import { SynthError } from "../deployment/synth-error";
import { literal } from "../deployment/terraform-text";

/** Members in which a change may fail before it stops: a change that fails in one leaves the stack there as it was. */
const TOLERATED_PERCENT = 20;

/** AWS does one operation on a stack set after another, and each waits for those before it. */
const PATIENCE = "3h";

export interface MemberStackSetProps {
  readonly deployment: Deployment;
  readonly forwarders: readonly Forwarder[];
  /** As it is configured: it stands in the template as the default. */
  readonly namePrefix: string;
  /** As it is configured: it stands in the template. */
  readonly homeRegion: string;
  readonly managementAccount: string;
  /** Roots and organizational units whose accounts send, those that join later too. */
  readonly organizationalUnits: readonly string[];
  /** Regions in which each of them sends. */
  readonly regions: readonly string[];
  /** The bus's policy: events that come before it are refused. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Deploys the forwarders in every account of the organizational units, the management account excepted: AWS leaves it out of
 * service-managed stack sets.
 */
export class MemberStackSet extends Construct {
  /** @throws SynthError when the template is longer than CloudFormation takes */
  constructor(scope: Construct, id: string, props: MemberStackSetProps) {
    super(scope, id);
    const { deployment } = props;
    const callAs = Token.asString(
      conditional(Op.eq(deployment.account, props.managementAccount), "SELF", "DELEGATED_ADMIN"),
    );
    const stackSet = new CloudformationStackSet(this, "StackSet", {
      name: deployment.name("members"),
      description: "Forwarders of trailwarden: pass events to the central account",
      permissionModel: "SERVICE_MANAGED",
      callAs,
      capabilities: ["CAPABILITY_NAMED_IAM"],
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      // Queues what would otherwise be refused while another operation is under way.
      managedExecution: { active: true },
      operationPreferences: {
        regionConcurrencyType: "PARALLEL",
        maxConcurrentPercentage: 100,
        failureTolerancePercentage: TOLERATED_PERCENT,
      },
      templateBody: templateBody(props),
      parameters: { CentralAccount: deployment.account, NamePrefix: deployment.namePrefix },
      // AWS fills it in, and the provider would take it out again in every plan (hashicorp/terraform-provider-aws#23464).
      lifecycle: { ignoreChanges: ["administration_role_arn"] },
      timeouts: { update: PATIENCE },
      dependsOn: [...props.dependsOn],
    });
    // One for each unit and region: the provider replaces an instance whose list of units changes, and meanwhile none would send.
    for (const unit of props.organizationalUnits) {
      for (const region of props.regions) {
        new CloudformationStackSetInstance(this, `${unit}-${region}`, {
          stackSetName: stackSet.name,
          callAs,
          deploymentTargets: { organizationalUnitIds: [unit] },
          stackSetInstanceRegion: region,
          // All accounts at once, and an error when it fails in one.
          operationPreferences: {
            concurrencyMode: "SOFT_FAILURE_TOLERANCE",
            maxConcurrentPercentage: 100,
            failureTolerancePercentage: 0,
          },
          timeouts: { create: PATIENCE, update: PATIENCE, delete: PATIENCE },
        });
      }
    }
  }
}

/** As Terraform takes it literally. */
function templateBody({ forwarders, namePrefix, homeRegion }: MemberStackSetProps): string {
  try {
    return literal(
      memberTemplate({ forwarders, namePrefix, homeRegion, globalRegion: globalEventsRegionOf(homeRegion) }),
    );
  } catch (error) {
    if (error instanceof MemberTemplateError) throw new SynthError(error.message);
    throw error;
  }
}
