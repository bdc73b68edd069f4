import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { LocalDynamoDb, type Table } from "./local-dynamodb";
import { LocalS3, s3Request } from "./local-s3";
import { LocalServer, readBody, respond } from "./local-server";
import { publishInput } from "./publish-input";

/** A message that a topic took. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
  readonly structure: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message that a queue took. */
export interface SentMessage {
  readonly queueUrl: string;
  readonly body: string;
}

/**
 * S3, SNS, SQS, DynamoDB and the account's alias on this machine, as much of them as the function calls, for the demo and for tests. The
 * integration suite runs against moto instead: there topics feed queues, and queues hold messages back and give them up.
 */
export class LocalAws {
  readonly #s3 = new LocalS3();
  readonly #published: PublishedMessage[] = [];
  readonly #sent: SentMessage[] = [];
  #server: LocalServer | undefined;
  #aliasRequests = 0;
  /** Alias of the account; undefined: it has none. */
  accountAlias: string | undefined;

  private constructor(private readonly dynamodb: LocalDynamoDb) {}

  /** @param table DynamoDB's only one */
  static async start(table: Table): Promise<LocalAws> {
    const aws = new LocalAws(await LocalDynamoDb.start(table));
    aws.#server = await LocalServer.start((request, response) => aws.answer(request, response));
    return aws;
  }

  get endpoint(): string {
    return this.#server?.endpoint ?? "";
  }

  putObject(bucket: string, key: string, bytes: Uint8Array): void {
    this.#s3.put(bucket, key, bytes);
  }

  /** The messages published since the last call. */
  takeMessages(): readonly PublishedMessage[] {
    return this.#published.splice(0);
  }

  /** The messages sent to queues since the last call. */
  takeSent(): readonly SentMessage[] {
    return this.#sent.splice(0);
  }

  /** How often the alias was asked for since the last call. */
  takeAliasRequests(): number {
    const requests = this.#aliasRequests;
    this.#aliasRequests = 0;
    return requests;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await this.dynamodb.stop();
  }

  /** Answers a request that has come to this server, or to another that looks at it first. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = String(request.headers["x-amz-target"] ?? "");
    if (target.startsWith("DynamoDB")) {
      this.dynamodb.answer(request, response);
    } else if (target === "AmazonSQS.SendMessage") {
      this.#send(JSON.parse(await readBody(request)) as SendMessage, response);
    } else if (request.method === "GET") {
      this.#s3.answer(s3Request(request), response);
    } else {
      const form = new URLSearchParams(await readBody(request));
      if (form.get("Action") === "Publish") this.#publish(form, response);
      else if (form.get("Action") === "ListAccountAliases") this.#listAliases(response);
      else respond(response, "text/plain", `${target || form.get("Action") || request.method} is not supported`, 501);
    }
  }

  /** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html */
  #listAliases(response: ServerResponse): void {
    this.#aliasRequests++;
    const alias = this.accountAlias === undefined ? "" : `<member>${this.accountAlias}</member>`;
    respond(
      response,
      "text/xml",
      `<ListAccountAliasesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccountAliasesResult><IsTruncated>false</IsTruncated><AccountAliases>${alias}</AccountAliases></ListAccountAliasesResult></ListAccountAliasesResponse>`,
    );
  }

  #publish(form: URLSearchParams, response: ServerResponse): void {
    const { TopicArn = "", Subject = "", Message = "", MessageStructure, MessageAttributes } = publishInput(form);
    const attributes = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]);
    this.#published.push({
      topicArn: TopicArn,
      subject: Subject,
      message: Message,
      structure: MessageStructure,
      attributes: Object.fromEntries(attributes),
    });
    respond(
      response,
      "text/xml",
      `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${this.#published.length}</MessageId></PublishResult></PublishResponse>`,
    );
  }

  /** Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
  #send({ QueueUrl, MessageBody }: SendMessage, response: ServerResponse): void {
    this.#sent.push({ queueUrl: QueueUrl, body: MessageBody });
    // The SDK compares it with what it sent.
    const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
    respond(
      response,
      "application/x-amz-json-1.0",
      JSON.stringify({ MessageId: `${this.#sent.length}`, MD5OfMessageBody }),
    );
  }
}

interface SendMessage {
  readonly QueueUrl: string;
  readonly MessageBody: string;
}
