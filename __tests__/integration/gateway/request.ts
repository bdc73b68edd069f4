import type { IncomingMessage } from "node:http";

/** What a request of the function asks of which service. */
export interface Call {
  readonly service: (typeof SERVICES)[number];
  readonly operation: string;
}

const SERVICES = [
  "dynamodb",
  "iam",
  "organizations",
  "s3",
  "secretsmanager",
  "securityhub",
  "sns",
  "sqs",
  "ssm",
] as const;

/** @throws Error when it is none that the function is expected to make */
export function callOf(request: IncomingMessage, body: Buffer): Call {
  const [, service = ""] = /\/([a-z0-9]+)\/aws4_request/.exec(request.headers.authorization ?? "") ?? [];
  const found = SERVICES.find((one) => one === service);
  if (!found) throw new Error(`${request.method} ${request.url} is for no service that is here`);
  // The one service whose operations have addresses of their own.
  const operation = found === "securityhub" ? "BatchImportFindings" : operationOf(request, body);
  return { service: found, operation };
}

function operationOf({ headers, method }: IncomingMessage, body: Buffer): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.slice(target.lastIndexOf(".") + 1);
  if (method === "POST") return new URLSearchParams(body.toString("utf8")).get("Action") ?? "unknown";
  return method === "GET" ? "GetObject" : `${method}`;
}
