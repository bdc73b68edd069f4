import type { IncomingMessage, ServerResponse } from "node:http";
import { s3Request } from "../../cli/demo/local-s3";
import { LocalServer, readBody, respond } from "../../cli/demo/local-server";
import { publishInput } from "../../cli/demo/publish-input";
import { readsAlias } from "./reads-alias";

/** A call of the SDK's, as it takes it. */
export interface SdkCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * S3, SNS and DynamoDB that answer everything alike and at once, so that what is measured is who asks: every object is the
 * same, every write succeeds, every window was opened by the same event, no caller has an incident. Where answers matter, `LocalAws` gives them.
 */
export class FixedAws {
  #server: LocalServer | undefined;
  #calls: SdkCall[] = [];
  #published = false;
  /** Called when the first Publish since `take` has arrived. */
  onFirstPublish: () => void = () => {};

  private constructor(
    private readonly object: Uint8Array,
    private readonly opener: string,
  ) {}

  /**
   * @param object that is answered for every key
   * @param opener id of the event that opened every window
   */
  static async start(object: Uint8Array, opener: string): Promise<FixedAws> {
    const aws = new FixedAws(object, opener);
    aws.#server = await LocalServer.start(async (request, response) =>
      aws.#answer(request, await readBody(request), response),
    );
    return aws;
  }

  get endpoint(): string {
    return this.#server?.endpoint ?? "";
  }

  /** What was called since the last time this was asked. */
  take(): readonly SdkCall[] {
    const calls = this.#calls;
    this.#calls = [];
    this.#published = false;
    return calls;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  #answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const target = request.headers["x-amz-target"];
    if (typeof target === "string") {
      const call = { name: target.replace(/^.*\./, ""), input: JSON.parse(body) };
      this.#calls.push(call);
      const attributes = { opener: { S: this.opener }, ids: { SS: ["one"] } };
      const answer = readsAlias(call) ? { Item: { alias: { S: "acme" } } } : { Attributes: attributes };
      respond(response, "application/x-amz-json-1.0", JSON.stringify(answer));
    } else if (request.method === "GET") {
      const { bucket, key } = s3Request(request);
      this.#calls.push({ name: "GetObject", input: { Bucket: bucket, Key: key } });
      respond(response, "application/json", this.object);
    } else {
      if (!this.#published) this.onFirstPublish();
      this.#published = true;
      this.#calls.push({ name: "Publish", input: { ...publishInput(new URLSearchParams(body)) } });
      respond(response, "text/xml", "<PublishResponse><PublishResult/></PublishResponse>");
    }
  }
}
