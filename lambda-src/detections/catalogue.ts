import { consoleLoginFailures } from "./console-login-failures";
import { consoleLoginWithoutMfa } from "./console-login-without-mfa";
import { costlyResourceCreated } from "./costly-resource-created";
import { dataDestroyed } from "./data-destroyed";
import { deletionBurst } from "./deletion-burst";
import type { Detection } from "./detection";
import { iamPolicyChanged } from "./iam-policy-changed";
import { rootConsoleLogin } from "./root-console-login";
import { rootCredentialsUsed } from "./root-credentials-used";
import { rootGetCallerIdentity } from "./root-get-caller-identity";
import { trailStopped } from "./trail-stopped";
import { unauthorizedCalls } from "./unauthorized-calls";
import { unauthorizedCallsBurst } from "./unauthorized-calls-burst";
import { unauthorizedEc2Call } from "./unauthorized-ec2-call";

/** Every detection that ships, in the order they are reported. */
export const catalogue: readonly Detection[] = [
  rootGetCallerIdentity,
  rootConsoleLogin,
  rootCredentialsUsed,
  trailStopped,
  dataDestroyed,
  deletionBurst,
  costlyResourceCreated,
  consoleLoginWithoutMfa,
  unauthorizedCallsBurst,
  unauthorizedEc2Call,
  unauthorizedCalls,
  consoleLoginFailures,
  iamPolicyChanged,
];
