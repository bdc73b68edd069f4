import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LocalDynamoDb, type Table } from "./local-dynamodb";

/** A message that a topic took. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
  readonly structure: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/** S3 and SNS on this machine, as much of them as the function calls (GetObject and Publish), and DynamoDB. */
export class LocalAws {
  readonly #objects = new Map<string, Uint8Array>();
  readonly #messages: PublishedMessage[] = [];
  readonly #server: Server;

  private constructor(private readonly dynamodb: LocalDynamoDb) {
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  /** @param table DynamoDB's only one */
  static async start(table: Table): Promise<LocalAws> {
    const aws = new LocalAws(await LocalDynamoDb.start(table));
    await new Promise<void>((resolve) => aws.#server.listen(0, "127.0.0.1", resolve));
    return aws;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  putObject(bucket: string, key: string, bytes: Uint8Array): void {
    this.#objects.set(`${bucket}/${key}`, bytes);
  }

  /** The messages published since the last call. */
  takeMessages(): readonly PublishedMessage[] {
    return this.#messages.splice(0);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.dynamodb.stop();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (String(request.headers["x-amz-target"]).startsWith("DynamoDB")) this.dynamodb.answer(request, response);
    else if (request.method === "GET") this.#getObject(request, response);
    else this.#publish(new URLSearchParams(await readBody(request)), response);
  }

  #getObject(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? "/", this.endpoint);
    const bytes = this.#objects.get(decodeURIComponent(pathname.slice(1)));
    if (bytes) {
      response.writeHead(200, { "content-length": bytes.length, "content-type": "application/json" }).end(bytes);
    } else {
      xml(response, 404, "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>");
    }
  }

  /** Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
  #publish(form: URLSearchParams, response: ServerResponse): void {
    const attributes: Record<string, string> = {};
    for (let entry = 1; form.has(`MessageAttributes.entry.${entry}.Name`); entry++) {
      const name = form.get(`MessageAttributes.entry.${entry}.Name`) ?? "";
      attributes[name] = form.get(`MessageAttributes.entry.${entry}.Value.StringValue`) ?? "";
    }
    this.#messages.push({
      topicArn: form.get("TopicArn") ?? "",
      subject: form.get("Subject") ?? "",
      message: form.get("Message") ?? "",
      structure: form.get("MessageStructure") ?? undefined,
      attributes,
    });
    xml(
      response,
      200,
      `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${this.#messages.length}</MessageId></PublishResult></PublishResponse>`,
    );
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/xml" }).end(body);
}
