import type { Clients } from "../moto/clients";
import type { Terraform } from "./terraform";

/** ARNs of keys, by their ids in the stack. */
export type Keys = Map<string, string>;

/**
 * Creates the stack's keys, so that topics, queues and table name keys that exist. moto encrypts nothing and asks nobody for
 * permission; who may use which key is for the tests of the policies.
 *
 * @param keys those that have been created before: making one takes moto longer than everything else together
 */
export async function createKeys(terraform: Terraform, { endpoint, region }: Clients, keys: Keys): Promise<void> {
  for (const [id, { description }] of terraform.all("aws_kms_key")) {
    const arn = keys.get(id) ?? (await createKey(terraform.text(description), endpoint, region));
    keys.set(id, arn);
    terraform.know("aws_kms_key", id, "arn", arn);
  }
}

async function createKey(description: string, endpoint: string, region: string): Promise<string> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "TrentService.CreateKey",
      // moto reads no more of it than whose service is meant.
      authorization: `AWS4-HMAC-SHA256 Credential=harness/20260101/${region}/kms/aws4_request`,
    },
    body: JSON.stringify({ Description: description }),
  });
  if (!response.ok) throw new Error(`a key can't be created: ${await response.text()}`);
  const { KeyMetadata } = (await response.json()) as { readonly KeyMetadata: { readonly Arn: string } };
  return KeyMetadata.Arn;
}
