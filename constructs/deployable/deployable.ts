import type { TerraformStack } from "cdktf";
import type { Config } from "../../config/schema";
import type { Detection } from "../../detection/definition/detection";
import type { FunctionZip } from "../function/function-zip";
import type { ModuleParameters } from "../module/parameters";

export interface DeployableProps {
  readonly config: Config;
  /** Every detection, switched on or not. */
  readonly catalogue: readonly Detection[];
  readonly zip: FunctionZip;
  /** The notifier's; undefined where no channels are configured. */
  readonly notifierZip: FunctionZip | undefined;
  /** Shown by the `cdktf` command and kept in the manifest. */
  readonly warnings: readonly string[];
  /**
   * Declares variables on the stack, for a Terraform module.
   *
   * @default - the configuration's values stand in the JSON
   */
  readonly parameterize?: (stack: TerraformStack) => ModuleParameters;
}

/** A checked configuration with everything that it deploys. */
export class Deployable {
  readonly config: Config;
  readonly catalogue: readonly Detection[];
  readonly zip: FunctionZip;
  readonly notifierZip: FunctionZip | undefined;
  readonly warnings: readonly string[];
  readonly parameterize: ((stack: TerraformStack) => ModuleParameters) | undefined;

  constructor(props: DeployableProps) {
    this.config = props.config;
    this.catalogue = props.catalogue;
    this.zip = props.zip;
    this.notifierZip = props.notifierZip;
    this.warnings = props.warnings;
    this.parameterize = props.parameterize;
  }
}
