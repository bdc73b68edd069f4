import type { Call } from "./request";

/** An answer as a service writes it. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type WireFault = "error" | "unavailable" | "throttle";

type Problems = Readonly<Record<WireFault, readonly (readonly [number, string])[]>>;

const QUERY_PROBLEMS: Problems = {
  error: [[500, "InternalFailure"]],
  unavailable: [[503, "ServiceUnavailable"]],
  throttle: [[400, "Throttling"]],
};
const JSON_PROBLEMS: Problems = {
  error: [[500, "InternalServerError"]],
  unavailable: [[503, "ServiceUnavailable"]],
  throttle: [[400, "ThrottlingException"]],
};

/** Status, code and text; DynamoDB has two ways to ask for patience. */
const PROBLEMS: Readonly<Record<Call["service"], Problems>> = {
  dynamodb: {
    error: [[500, "InternalServerError"]],
    unavailable: [[503, "ServiceUnavailable"]],
    throttle: [
      [400, "ProvisionedThroughputExceededException"],
      [400, "ThrottlingException"],
    ],
  },
  iam: QUERY_PROBLEMS,
  organizations: JSON_PROBLEMS,
  s3: {
    error: [[500, "InternalError"]],
    unavailable: [[503, "ServiceUnavailable"]],
    throttle: [[503, "SlowDown"]],
  },
  sns: QUERY_PROBLEMS,
  secretsmanager: JSON_PROBLEMS,
  securityhub: JSON_PROBLEMS,
  ssm: JSON_PROBLEMS,
  sqs: {
    error: [[500, "InternalFailure"]],
    unavailable: [[503, "ServiceUnavailable"]],
    throttle: [[400, "RequestThrottled"]],
  },
};

const XML_SERVICES: readonly string[] = ["iam", "s3", "sns"];

/** Namespaces of JSON errors' types. */
const PREFIXES: Readonly<Record<string, string>> = {
  ProvisionedThroughputExceededException: "com.amazonaws.dynamodb.v20120810#",
  InternalServerError: "com.amazonaws.dynamodb.v20120810#",
  ThrottlingException: "com.amazon.coral.availability#",
  RequestThrottled: "com.amazonaws.sqs#",
};

/**
 * The service's refusal in its own format.
 *
 * @param n picks among several ways to say it
 */
export function wireError({ service }: Call, fault: WireFault, n: number): WireAnswer {
  const ways = PROBLEMS[service][fault];
  const [status, code] = ways[n % ways.length] as readonly [number, string];
  const id = "00000000-0000-4000-8000-000000000000";
  if (!XML_SERVICES.includes(service)) {
    return {
      status,
      headers: {
        "content-type": `application/x-amz-json-1.0`,
        "x-amzn-requestid": id,
        ...(service === "sqs" && { "x-amzn-query-error": `${code};Receiver` }),
      },
      body: JSON.stringify({ __type: `${PREFIXES[code] ?? ""}${code}`, message: "chaos" }),
    };
  }
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": id },
    body:
      service === "s3"
        ? `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>chaos</Message><RequestId>${id}</RequestId></Error>`
        : `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>chaos</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`,
  };
}
