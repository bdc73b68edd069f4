import type { Precondition } from "cdktf";
import type { Construct } from "constructs";
import type { Config } from "../../config/schema";
import { forwardedRegions } from "../../config/watched-regions";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import type { Deployment } from "../deployment/deployment";
import { CentralBus } from "./central-bus";
import { MemberStackSet } from "./member-stack-set";

export interface OrganizationProps {
  readonly deployment: Deployment;
  readonly config: Config;
  /** What the user wrote: a module has variables of the prefix and of the region. */
  readonly given: Config;
  /** What brings home all that the detections' rules may match. */
  readonly forwarders: readonly Forwarder[];
  /**
   * What must hold before members' events are let in.
   *
   * @default - nothing
   */
  readonly precondition?: Precondition | undefined;
}

/**
 * The event path of an organization's other accounts: what lets their events in and, where a stack set is asked for, their
 * forwarders. Without an organization, nothing.
 *
 * @throws SynthError when the members' template would be too long
 */
export function addOrganization(scope: Construct, props: OrganizationProps): void {
  const { deployment, config, given, forwarders, precondition } = props;
  const { organization } = config;
  if (organization === undefined) return;
  const bus = new CentralBus(scope, "CentralBus", { deployment, organization, precondition });
  if (organization.stackSet === undefined) return;
  new MemberStackSet(scope, "MemberStackSet", {
    deployment,
    forwarders,
    namePrefix: given.namePrefix,
    homeRegion: given.region,
    managementAccount: organization.managementAccount,
    organizationalUnits: organization.stackSet.organizationalUnits,
    regions: [given.region, ...forwardedRegions(given)],
    dependsOn: bus.writable,
  });
}
