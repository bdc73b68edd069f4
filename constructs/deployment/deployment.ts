import { conditional, Op, Token } from "cdktf";
import type { Detection } from "../../detection/definition/detection";
import { DEFAULT_NAME_PREFIX, ruleNameOf } from "../../detection/definition/names";

/** What an organization may ask of every role that is made. */
export interface RoleSettings {
  /** @default - `/` */
  readonly path?: string;
  /**
   * ARN of the policy that bounds what the role may do.
   *
   * @default - none
   */
  readonly permissionsBoundary?: string;
}

/** Where a stack is deployed, and how it names things. Account and partition are Terraform's to fill in. */
export class Deployment {
  constructor(
    readonly partition: string,
    readonly account: string,
    readonly region: string,
    readonly namePrefix: string,
    /** Goes into every role's arguments. */
    readonly roles: RoleSettings = {},
  ) {}

  /** Name of a resource that has no name of its own in the configuration: `trailwarden-events`. */
  name(thing: string): string {
    return `${this.namePrefix}-${thing}`;
  }

  /** Name of a detection's EventBridge rule: an expression where the prefix is a variable. */
  ruleName(detection: Detection): string {
    const other = this.name(detection.id);
    if (!Token.isUnresolved(this.namePrefix)) return ruleNameOf(detection, this.namePrefix);
    if (detection.ruleName === undefined) return other;
    return Token.asString(
      conditional(Op.eq(this.namePrefix, DEFAULT_NAME_PREFIX), ruleNameOf(detection, DEFAULT_NAME_PREFIX), other),
    );
  }

  /**
   * ARN of a resource in this account and region, built from its name.
   *
   * Policies name resources so, where a reference would make a cycle or where the policy must exist first.
   *
   * @param elsewhere another region than home; another account, such as that of an organization's trail
   */
  arn(
    service: string,
    resource: string,
    elsewhere: { readonly region?: string; readonly account?: string } = {},
  ): string {
    const { region = this.region, account = this.account } = elsewhere;
    return `arn:${this.partition}:${service}:${region}:${account}:${resource}`;
  }

  /** Name of a function's role. IAM is global: with the region, deployments in two regions don't collide. */
  functionRoleName(functionName: string): string {
    return `${functionName}-${this.region}`;
  }
}
