import type { IncomingMessage } from "node:http";

/** What a request of the function asks of which service. */
export interface Call {
  readonly service: "dynamodb" | "s3" | "sns" | "sqs";
  readonly operation: string;
}

const SERVICES = new Set<string>(["dynamodb", "s3", "sns", "sqs"]);

/** @throws Error when it is none that the function is expected to make */
export function callOf(request: IncomingMessage, body: Buffer): Call {
  const [, service = ""] = /\/([a-z0-9]+)\/aws4_request/.exec(request.headers.authorization ?? "") ?? [];
  if (!SERVICES.has(service)) throw new Error(`${request.method} ${request.url} is for no service that is here`);
  return { service: service as Call["service"], operation: operationOf(request, body) };
}

function operationOf({ headers, method }: IncomingMessage, body: Buffer): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.slice(target.lastIndexOf(".") + 1);
  if (method === "POST") return new URLSearchParams(body.toString("utf8")).get("Action") ?? "unknown";
  return method === "GET" ? "GetObject" : `${method}`;
}
