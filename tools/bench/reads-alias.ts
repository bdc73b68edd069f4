import type { SdkCall } from "./fixed-aws";

/** The read of the account's alias, which runs beside other calls: it arrives before or after them. */
export function readsAlias({ name, input }: SdkCall): boolean {
  const { pk } = (input.Key ?? {}) as { readonly pk?: { readonly S?: string } };
  return name === "GetItem" && pk?.S === "account-alias";
}
