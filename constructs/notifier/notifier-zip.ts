import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import { notifierCode } from "../function/function-code";
import { type FunctionCode, type FunctionZip, packZip } from "../function/function-zip";

/**
 * The notifier. What it sends to is in its environment.
 *
 * @returns undefined where no channels are configured: then there is no notifier
 * @throws BuildFailure of esbuild when a clone's sources don't compile
 */
export function notifierZipOf(
  { channels }: { readonly channels: readonly ConfiguredChannel[] },
  code: () => FunctionCode = notifierCode,
): FunctionZip | undefined {
  if (channels.length === 0) return undefined;
  return packZip("notifier.zip", code());
}
