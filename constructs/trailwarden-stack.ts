import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { checkDeployable } from "./deployable/check-deployable";
import { Deployable } from "./deployable/deployable";
import type { TrailwardenStackProps } from "./deployable/trailwarden-props";
import { addOutputs } from "./outputs";
import { addAwsProvider } from "./stack/aws-provider";
import { addBackend } from "./stack/backend";
import { Trailwarden } from "./trailwarden";

/** A stack that holds {@link Trailwarden} and what it needs: a backend, an AWS provider, and outputs. */
export class TrailwardenStack extends TerraformStack {
  readonly trailwarden: Trailwarden;

  /**
   * @throws ConfigurationError with one line for every problem: key, value, what is allowed
   * @throws SynthError when AWS would refuse what is asked for
   */
  constructor(scope: Construct, id: string, props?: TrailwardenStackProps);
  /** What has been checked already, by the programs that read `cdktf.json`. @internal */
  constructor(scope: Construct, id: string, deployable: Deployable);
  constructor(scope: Construct, id: string, props: TrailwardenStackProps | Deployable = {}) {
    super(scope, id);
    const deployable = props instanceof Deployable ? props : checkDeployable(props);
    addBackend(this, id, deployable.config);
    addAwsProvider(this, deployable.config);
    this.trailwarden = new Trailwarden(this, "Default", deployable);
    addOutputs(this, this.trailwarden);
  }

  /** Resolves everything once more, to find what refers to other stacks: not where there is none. */
  override prepareStack(): void {
    if (App.of(this).node.findAll().filter(TerraformStack.isStack).length > 1) super.prepareStack();
    else this.ensureBackendExists();
  }
}
