import type { ConfiguredChannel } from "../alerting/channels/configured-channel";

/** Keys of the accounts' tags that channels ask for, in alphabetical order: alerts have to say them. */
export function accountTagKeys(channels: readonly ConfiguredChannel[]): readonly string[] {
  return [...new Set(channels.flatMap(({ accountTags = {} }) => Object.keys(accountTags)))].sort();
}
