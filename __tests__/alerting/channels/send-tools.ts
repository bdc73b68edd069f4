import { type ChannelRequest, ChannelUnavailable, type SendTools } from "../../../alerting/channels/channel";
import type { VendorHandler } from "../../channels/vendors/fake-vendor";

/** When everything is sent. */
export const NOW = Date.parse("2026-11-20T02:31:00Z");

/** What a sender works with, in front of a vendor's handler; `sent` has each request. */
export function sendTools(
  handle: VendorHandler,
  parts: Partial<SendTools> = {},
): SendTools & { readonly sent: ChannelRequest[] } {
  const sent: ChannelRequest[] = [];
  return {
    secret: "",
    settings: {},
    request: async (request) => {
      sent.push(request);
      const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
      const answer = handle({ ...request, headers: Object.fromEntries(headers) }, request.body ?? "");
      if (answer === "slow" || answer === "cut") throw new ChannelUnavailable(`no answer: ${answer}`);
      return answer;
    },
    publishToChatTopic: async () => {
      throw new Error("not this channel's");
    },
    importFindings: async () => {
      throw new Error("not this channel's");
    },
    account: "999900001111",
    region: "eu-central-1",
    partition: "aws",
    now: NOW,
    ...parts,
    sent,
  };
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
