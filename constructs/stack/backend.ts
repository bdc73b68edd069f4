import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Config } from "../../config/schema";

const DEFAULT_STATE_KEY = "trailwarden/terraform.tfstate";

/**
 * Where Terraform keeps its state: the configured bucket, else a file in the project's folder. The path is relative to
 * the stack's folder: without a backend CDKTF would write an absolute one.
 */
export function addBackend(stack: TerraformStack, stackName: string, config: Config): void {
  const { stateBucket, stateRegion, stateKey, stateKmsKeyArn } = config;
  if (stateBucket === undefined || stateRegion === undefined) {
    new LocalBackend(stack, { path: `../../../terraform.${stackName}.tfstate` });
    return;
  }
  const backend = {
    bucket: stateBucket,
    region: stateRegion,
    key: stateKey ?? DEFAULT_STATE_KEY,
    encrypt: true,
    // Not in S3BackendConfig's type, but handed through: a lock file beside the state (Terraform 1.10 and later).
    useLockfile: true,
    ...(stateKmsKeyArn !== undefined && { kmsKeyId: stateKmsKeyArn }),
  };
  new S3Backend(stack, backend);
}
