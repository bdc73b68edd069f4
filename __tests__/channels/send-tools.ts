import {
  type ChannelRequest,
  type ChannelSettings,
  ChannelUnavailable,
  type SendTools,
} from "../../alerting/channels/channel";
import type { Vendor } from "./vendors/vendor";

/** When every test's channel sends: 2026-11-20T02:30:00Z. */
export const NOW = Date.UTC(2026, 10, 20, 2, 30);

/** What a channel sends with, to a vendor's server of ours without a network. */
export function toolsFor(vendor: Vendor | undefined, secret: string, settings: ChannelSettings = {}): TestTools {
  const requests: ChannelRequest[] = [];
  const published: string[] = [];
  return {
    secret,
    settings,
    requests,
    published,
    account: "111122223333",
    region: "eu-central-1",
    partition: "aws",
    now: NOW,
    request: async (request) => {
      requests.push(request);
      const { host, pathname, search } = new URL(request.url);
      if (vendor === undefined || !vendor.hosts.includes(host)) throw new Error(`a request to ${host}`);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const outcome = vendor.answer({
        method: request.method,
        host,
        path: pathname + search,
        headers,
        body: request.body ?? "",
      });
      if (outcome === "cut" || outcome === "slow") throw new ChannelUnavailable(`no answer from ${host}`);
      return { status: outcome.status, headers: outcome.headers ?? {}, body: outcome.body };
    },
    publishToChatTopic: async (message) => {
      published.push(message);
    },
    importFindings: () => Promise.reject(new Error("no findings are imported here")),
  };
}

export interface TestTools extends SendTools {
  readonly requests: readonly ChannelRequest[];
  readonly published: readonly string[];
}
