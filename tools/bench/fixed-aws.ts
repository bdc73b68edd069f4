import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A call of the SDK's, as it takes it. */
export interface SdkCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * S3, SNS and DynamoDB that answer everything alike and at once, so that what is measured is who asks: every object is the
 * same, every write succeeds, every window was opened by the same event.
 */
export class FixedAws {
  readonly #server: Server;
  #calls: SdkCall[] = [];
  #published = false;
  /** Called when the first Publish since `take` has arrived. */
  onFirstPublish: () => void = () => {};

  private constructor(
    private readonly object: Uint8Array,
    private readonly opener: string,
  ) {
    this.#server = createServer((request, response) => {
      readBody(request).then(
        (body) => this.#answer(request, body, response),
        () => response.destroy(),
      );
    });
  }

  /**
   * @param object that is answered for every key
   * @param opener id of the event that opened every window
   */
  static async start(object: Uint8Array, opener: string): Promise<FixedAws> {
    const aws = new FixedAws(object, opener);
    await new Promise<void>((resolve) => aws.#server.listen(0, "127.0.0.1", resolve));
    return aws;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What was called since the last time this was asked. */
  take(): readonly SdkCall[] {
    const calls = this.#calls;
    this.#calls = [];
    this.#published = false;
    return calls;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer({ method, url = "/", headers }: IncomingMessage, body: string, response: ServerResponse): void {
    const target = headers["x-amz-target"];
    if (typeof target === "string") {
      this.#calls.push({ name: target.replace(/^.*\./, ""), input: JSON.parse(body) });
      const attributes = { opener: { S: this.opener }, ids: { SS: ["one"] } };
      respond(response, "application/x-amz-json-1.0", JSON.stringify({ Attributes: attributes }));
    } else if (method === "GET") {
      this.#calls.push({ name: "GetObject", input: objectOf(url) });
      respond(response, "application/json", this.object);
    } else {
      if (!this.#published) this.onFirstPublish();
      this.#published = true;
      this.#calls.push({ name: "Publish", input: noticeOf(new URLSearchParams(body)) });
      respond(response, "text/xml", "<PublishResponse><PublishResult/></PublishResponse>");
    }
  }
}

function objectOf(url: string): SdkCall["input"] {
  const [, bucket, ...key] = new URL(url, "http://localhost").pathname.split("/");
  return { Bucket: bucket, Key: decodeURIComponent(key.join("/")) };
}

/** Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function noticeOf(form: URLSearchParams): SdkCall["input"] {
  const attributes: Record<string, object> = {};
  for (let entry = 1; form.has(`MessageAttributes.entry.${entry}.Name`); entry++) {
    const part = (name: string) => form.get(`MessageAttributes.entry.${entry}.${name}`) ?? "";
    attributes[part("Name")] = { DataType: part("Value.DataType"), StringValue: part("Value.StringValue") };
  }
  const parameters = ["TopicArn", "Subject", "MessageStructure", "Message"].map((name) => [name, form.get(name) ?? ""]);
  return { ...Object.fromEntries(parameters), MessageAttributes: attributes };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function respond(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.writeHead(200, { "content-type": type, "content-length": Buffer.byteLength(body) }).end(body);
}
