import { readFileSync } from "node:fs";
import { type Attributes, Resolver, type TerraformJson } from "../../../cli/demo/synthesized-stack";

/** A synthesized stack, whose references turn into what has been created for them. */
export class Terraform {
  readonly region: string;
  readonly #resources: TerraformJson["resource"];
  readonly #known = new Map<string, string>();
  readonly #resolver: Resolver;

  constructor({ resource, provider }: TerraformJson) {
    this.#resources = resource;
    this.region = provider.aws[0].region;
    this.#resolver = new Resolver(resource, this.region, this.#known);
  }

  static read(jsonPath: string): Terraform {
    return new Terraform(JSON.parse(readFileSync(jsonPath, "utf8")));
  }

  all(type: string): readonly (readonly [id: string, attributes: Attributes])[] {
    return Object.entries(this.#resources[type] ?? {});
  }

  /** @throws Error unless there is exactly one */
  only(type: string): readonly [id: string, attributes: Attributes] {
    const [first, ...others] = this.all(type);
    if (!first || others.length > 0) throw new Error(`expected one ${type}, there are ${this.all(type).length}`);
    return first;
  }

  /** The value as text, with its references filled in. */
  text(value: unknown): string {
    return this.#resolver.text(value);
  }

  /** What AWS would answer for a resource's ARN. */
  arn(type: string, id: string): string {
    return this.text(`\${${type}.${id}.arn}`);
  }

  /** From now on the reference stands for this. */
  know(type: string, id: string, attribute: string, value: string): void {
    this.#known.set(`${type}.${id}.${attribute}`, value);
  }
}
