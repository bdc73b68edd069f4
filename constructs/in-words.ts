import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { Construct } from "constructs";

/** Terraform's references in words, for a text that people read. */
export function inWords<T>(scope: Construct, value: T): T {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const json = JSON.stringify(Tokenization.resolve(value, { scope, resolver, preparing: false }));
  return JSON.parse(
    json
      .replaceAll("${data.aws_caller_identity.Account.account_id}", "ACCOUNT_ID")
      .replaceAll("${data.aws_partition.Partition.partition}", "aws"),
  ) as T;
}
