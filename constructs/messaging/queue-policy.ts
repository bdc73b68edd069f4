import { denyInsecureTransport, policyDocument } from "../deployment/policy-document";

/** A service that sends to a queue, on behalf of which of our resources. */
export interface QueueSender {
  readonly service: string;
  /** ARNs, `*` allowed in them. */
  readonly sourceArns: readonly string[];
}

/** Lets in the named senders, over TLS. */
export function queuePolicy(queueArn: string, senders: readonly QueueSender[]): string {
  return policyDocument(
    ...senders.map(({ service, sourceArns }) => ({
      Sid: `${service.replace(/\..*/, "").replace(/^./, (first) => first.toUpperCase())}Sends`,
      Effect: "Allow" as const,
      Principal: { Service: service },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnLike: { "aws:SourceArn": sourceArns } },
    })),
    denyInsecureTransport("sqs:*", queueArn),
  );
}
