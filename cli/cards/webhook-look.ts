import { type Part, small } from "./look";

/** What a webhook's receiver gets: headers of Standard Webhooks, and JSON. */
export function webhookParts(body: object): readonly Part[] {
  if (Object.keys(body).length === 0) return [];
  return [
    small(
      "POST, with the headers content-type: application/json, webhook-id, webhook-timestamp and webhook-signature: v1,…",
    ),
    { form: "code", text: JSON.stringify(body, undefined, 2) },
  ];
}
