import { Webhook } from "standardwebhooks";
import { failingVendor } from "./failing-vendor";
import { jsonAnswer, type VendorAnswer, type VendorRequest } from "./vendor";

/**
 * A receiver as https://www.standardwebhooks.com wants it, by the published library: it checks signature and timestamp (five
 * minutes), and takes each id once.
 *
 * @param key as the sender has it: `whsec_…`, or any text
 */
export function webhookReceiver(url: string, key: string) {
  const library = key.startsWith("whsec_") ? new Webhook(key) : new Webhook(key, { format: "raw" });
  const received: unknown[] = [];
  const ids: string[] = [];

  const { host, pathname, search } = new URL(url);
  const handler = ({ body, ...request }: VendorRequest): VendorAnswer => {
    if (request.method !== "POST" || request.path !== pathname + search) return jsonAnswer(404, { error: "not found" });
    if (request.headers["content-type"] !== "application/json") return jsonAnswer(415, { error: "JSON, please" });
    let verified: unknown;
    try {
      verified = library.verify(body, { ...request.headers });
    } catch (error) {
      return jsonAnswer(401, { error: (error as Error).message });
    }
    const id = String(request.headers["webhook-id"]);
    if (!ids.includes(id)) {
      ids.push(id);
      received.push(verified);
    }
    return { status: 204, body: "" };
  };

  return { ...failingVendor([host], [], handler), received, ids };
}
