import type { IncomingMessage, ServerResponse } from "node:http";
import { LocalS3, s3Error, s3Request } from "../../../cli/demo/local-s3";
import { LocalServer } from "../../../cli/demo/local-server";

/** Answers that a bucket of this name gives instead of its own. */
const REFUSALS: Readonly<Record<string, readonly [status: number, code: string]>> = {
  denied: [403, "AccessDenied"],
  expired: [400, "ExpiredToken"],
  unknown: [403, "InvalidAccessKeyId"],
};

/** The local S3 with a bucket, `logs`, whose pages are short, and with what can go wrong. */
export class S3Server {
  /** What was asked, such as `list AWSLogs/ /` (prefix and delimiter) or `get a.json`. */
  readonly requests: string[] = [];
  readonly #s3: LocalS3;
  #server: LocalServer | undefined;
  /** Keys whose answer breaks off in the middle, and those that lie in Glacier. */
  readonly broken = new Set<string>();
  readonly archived = new Set<string>();
  /** Requests after which the credentials have expired. */
  expiresAfter = Number.POSITIVE_INFINITY;
  /** Where the bucket lives; requests signed for elsewhere are sent on. */
  region = "us-east-1";

  private constructor(pageSize: number) {
    this.#s3 = new LocalS3(pageSize);
  }

  static async start(pageSize = 3): Promise<S3Server> {
    const server = new S3Server(pageSize);
    server.#server = await LocalServer.start((request, response) => server.#answer(request, response));
    return server;
  }

  get endpoint(): string {
    return this.#server?.endpoint ?? "";
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  /** Into the only bucket, `logs`. */
  put(key: string, bytes: Uint8Array = Buffer.from("{}")): void {
    this.#s3.put("logs", key, bytes);
  }

  /** Leaves nothing behind. */
  clear(): void {
    this.#s3.clear();
    this.requests.length = 0;
    this.broken.clear();
    this.archived.clear();
    this.expiresAfter = Number.POSITIVE_INFINITY;
    this.region = "us-east-1";
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const asked = s3Request(request);
    const { bucket, key, query } = asked;
    const refusal = REFUSALS[bucket];
    if (refusal) {
      fail(response, ...refusal);
    } else if (this.requests.length >= this.expiresAfter) {
      fail(response, 400, "ExpiredToken");
    } else if (bucket !== "logs") {
      fail(response, 404, "NoSuchBucket");
    } else if (!String(request.headers.authorization).includes(`/${this.region}/s3/`)) {
      response.setHeader("x-amz-bucket-region", this.region);
      fail(response, 301, "PermanentRedirect");
    } else if (query.get("list-type") === "2") {
      this.requests.push(`list ${query.get("prefix") ?? ""} ${query.get("delimiter") ?? ""}`.trimEnd());
      this.#s3.answer(asked, response);
    } else {
      this.requests.push(`get ${key}`);
      const bytes = this.#s3.object(bucket, key);
      if (bytes && this.archived.has(key)) {
        fail(response, 403, "InvalidObjectState");
      } else if (bytes && this.broken.has(key)) {
        response.writeHead(200, { "content-length": bytes.length });
        response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      } else {
        this.#s3.answer(asked, response);
      }
    }
  }
}

function fail(response: ServerResponse, status: number, code: string): void {
  s3Error(response, status, code, `${code}, says the server.`);
}
