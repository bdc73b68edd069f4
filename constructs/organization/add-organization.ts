import type { Construct } from "constructs";
import type { Config } from "../../config/schema";
import { forwardedRegions } from "../../config/watched-regions";
import type { Detection } from "../../detection/definition/detection";
import { compileForwarders } from "../../detection/forwarding/compile-forwarders";
import { ForwarderError } from "../../detection/forwarding/forwarder-error";
import type { Deployment } from "../deployment/deployment";
import { SynthError } from "../deployment/synth-error";
import { CentralBus } from "./central-bus";
import { MemberStackSet } from "./member-stack-set";

export interface OrganizationProps {
  readonly deployment: Deployment;
  readonly config: Config;
  /** As it is configured, where the deployment has a variable of it. */
  readonly namePrefix: string;
  /** Everything that is switched on. */
  readonly detections: readonly Detection[];
}

/**
 * The event path of an organization's other accounts: what lets their events in and, where a stack set is asked for, their
 * forwarders. Without an organization, nothing.
 *
 * @throws SynthError when a detection can't be forwarded, or the members' template would be too long
 */
export function addOrganization(scope: Construct, props: OrganizationProps): void {
  const { deployment, config, namePrefix, detections } = props;
  const { organization } = config;
  if (organization === undefined) return;
  const bus = new CentralBus(scope, "CentralBus", { deployment, organization });
  if (organization.stackSet === undefined) return;
  new MemberStackSet(scope, "MemberStackSet", {
    deployment,
    forwarders: forwardersOf(detections),
    namePrefix,
    managementAccount: organization.managementAccount,
    organizationalUnits: organization.stackSet.organizationalUnits,
    regions: [config.region, ...forwardedRegions(config)],
    dependsOn: bus.writable,
  });
}

function forwardersOf(detections: readonly Detection[]) {
  try {
    return compileForwarders(detections);
  } catch (error) {
    if (error instanceof ForwarderError) throw new SynthError(error.message);
    throw error;
  }
}
