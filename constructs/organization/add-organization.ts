import type { Construct } from "constructs";
import type { Config } from "../../config/schema";
import type { Deployment } from "../deployment/deployment";
import { CentralBus } from "./central-bus";

/** The event path of an organization's other accounts: what lets their events in. Without an organization, nothing. */
export function addOrganization(scope: Construct, deployment: Deployment, { organization }: Config): void {
  if (organization === undefined) return;
  new CentralBus(scope, "CentralBus", { deployment, organization });
}
