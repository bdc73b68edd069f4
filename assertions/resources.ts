import type { Attributes, SynthesizedStack } from "./synthesized-stack";

/** A resource of a stack. */
export interface Resource {
  readonly type: string;
  /** As Terraform has it: `aws_sqs_queue.EventsQueue_724D86F7`. */
  readonly address: string;
  readonly attributes: Attributes;
}

/** Every resource of the given types; of every type when none is given. */
export function resources({ resource }: SynthesizedStack, ...types: readonly string[]): readonly Resource[] {
  return Object.entries(resource)
    .filter(([type]) => types.length === 0 || types.includes(type))
    .flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, attributes]) => ({ type, address: `${type}.${id}`, attributes })),
    );
}

/**
 * The one resource of a type and, where the stack has several, of a place.
 *
 * @param path ids of its constructs below the stack, joined by `_`, without the hash that CDKTF appends:
 *   `LogArchive_Bucket` for `aws_s3_bucket.LogArchive_Bucket_4CEEDFB3`
 * @throws Error when there is none or more than one; it names those that there are
 */
export function theResource(stack: SynthesizedStack, type: string, path?: string): Resource {
  const ofType = resources(stack, type);
  const found = ofType.filter((resource) => path === undefined || pathOf(resource) === path);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (ofType.length === 0) {
    throw new Error(`no resource is ${type}; there are: ${list(Object.keys(stack.resource))}`);
  }
  if (found.length === 0) {
    throw new Error(`no ${type} is at ${JSON.stringify(path)}; there are: ${list(ofType.map(pathOf))}`);
  }
  throw new Error(
    path === undefined
      ? `${found.length} resources are ${type}; say which by its path: ${list(found.map(pathOf))}`
      : `${found.length} resources are ${type} at ${JSON.stringify(path)}: ${list(found.map(({ address }) => address))}`,
  );
}

/** Arguments of `theResource`; throws as that does. */
export function theAttributes(stack: SynthesizedStack, type: string, path?: string): Attributes {
  return theResource(stack, type, path).attributes;
}

/** An attribute of a resource as other resources refer to it: `${aws_sqs_queue.EventsQueue_724D86F7.arn}`. */
export function reference({ address }: Pick<Resource, "address">, attribute: string): string {
  return `\${${address}.${attribute}}`;
}

function pathOf({ type, address }: Resource): string {
  return address.slice(type.length + 1).replace(/_[0-9A-F]{8}$/, "");
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : [...names].sort().join(", ");
}
