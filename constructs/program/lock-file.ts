import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const LOCK_FILE = ".terraform.lock.hcl";

/**
 * Lays the project's lock file, where it has one, beside a stack, so that `terraform init` takes the providers that it names.
 * It can't be kept there: `cdktf.out` is generated, and in no repository.
 *
 * Source: https://developer.hashicorp.com/terraform/language/files/dependency-lock
 *
 * @param project folder of `cdktf.json`
 */
export function addLockFile(project: string, outdir: string, stackId: string): void {
  const kept = join(project, LOCK_FILE);
  if (existsSync(kept)) copyFileSync(kept, join(outdir, "stacks", stackId, LOCK_FILE));
}
