import { Webhook } from "standardwebhooks";
import { answerJson, failing, type VendorHandler } from "./fake-vendor";

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

  const handler: VendorHandler = (request, body) => {
    if (request.method !== "POST" || request.url !== url) return answerJson(404, { error: "not found" });
    if (request.headers["content-type"] !== "application/json") return answerJson(415, { error: "JSON, please" });
    let verified: unknown;
    try {
      verified = library.verify(body, { ...request.headers });
    } catch (error) {
      return answerJson(401, { error: (error as Error).message });
    }
    const id = String(request.headers["webhook-id"]);
    if (!ids.includes(id)) {
      ids.push(id);
      received.push(verified);
    }
    return { status: 204, headers: {}, body: "" };
  };

  return { ...failing(handler), received, ids };
}
