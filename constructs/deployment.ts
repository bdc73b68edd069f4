/** Where a stack is deployed, and how it names things. Account and partition are Terraform's to fill in. */
export class Deployment {
  constructor(
    readonly partition: string,
    readonly account: string,
    readonly region: string,
    readonly namePrefix: string,
  ) {}

  /** Name of a resource that has no name of its own in the configuration: `trailwarden-events`. */
  name(thing: string): string {
    return `${this.namePrefix}-${thing}`;
  }

  /**
   * ARN of a resource in this account and region, built from its name.
   *
   * Policies name resources so, where a reference would make a cycle or where the policy must exist first.
   */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
  }
}
