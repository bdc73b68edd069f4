import type { ChannelRequest, ChannelUnavailable, SendTools } from "../../../alerting/channels/channel";
import { toolsFor } from "../../channels/send-tools";
import type { Vendor } from "../../channels/vendors/vendor";

/** When everything is sent. */
export const NOW = Date.parse("2026-11-20T02:31:00Z");

/** What a sender works with, in front of a vendor's server, in an account of its own; `sent` has each request. */
export function sendTools(
  vendor: Vendor | undefined,
  parts: Partial<SendTools> = {},
): SendTools & { readonly sent: readonly ChannelRequest[] } {
  const tools = toolsFor(vendor, parts.secret ?? "", parts.settings);
  return { ...tools, account: "999900001111", now: NOW, ...parts, sent: tools.requests };
}

/** The error with which sending or reading fails. */
export async function failureOf(work: Promise<unknown> | undefined): Promise<ChannelUnavailable> {
  try {
    await work;
  } catch (error) {
    return error as ChannelUnavailable;
  }
  throw new Error("it did not fail");
}
