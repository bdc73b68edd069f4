import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers that a bucket of this name gives instead of its own. */
const REFUSALS: Readonly<Record<string, readonly [status: number, code: string]>> = {
  denied: [403, "AccessDenied"],
  expired: [400, "ExpiredToken"],
  unknown: [403, "InvalidAccessKeyId"],
};

/** Listing and getting of S3, as much as replay asks for, on this machine; pages are short. */
export class S3Server {
  /** What was asked, such as `list AWSLogs/ /` (prefix and delimiter) or `get a.json`. */
  readonly requests: string[] = [];
  readonly #objects = new Map<string, Uint8Array>();
  readonly #server: Server;
  /** Keys whose answer breaks off in the middle, and those that lie in Glacier. */
  readonly broken = new Set<string>();
  readonly archived = new Set<string>();
  /** Requests after which the credentials have expired. */
  expiresAfter = Number.POSITIVE_INFINITY;
  /** Where the bucket lives; requests signed for elsewhere are sent on. */
  region = "us-east-1";

  private constructor(private readonly pageSize: number) {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(pageSize = 3): Promise<S3Server> {
    const server = new S3Server(pageSize);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Into the only bucket, `logs`. */
  put(key: string, bytes: Uint8Array = Buffer.from("{}")): void {
    this.#objects.set(key, bytes);
  }

  /** Leaves nothing behind. */
  clear(): void {
    this.#objects.clear();
    this.requests.length = 0;
    this.broken.clear();
    this.archived.clear();
    this.expiresAfter = Number.POSITIVE_INFINITY;
    this.region = "us-east-1";
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.endpoint);
    const [, bucket = "", key = ""] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
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
    } else if (searchParams.get("list-type") === "2") {
      this.#list(searchParams, response);
    } else {
      this.#get(key, response);
    }
  }

  /** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
  #list(query: URLSearchParams, response: ServerResponse): void {
    const prefix = query.get("prefix") ?? "";
    const delimiter = query.get("delimiter") ?? "";
    this.requests.push(`list ${prefix} ${delimiter}`.trimEnd());
    const after = query.get("continuation-token") ?? "";
    const found = new Map<string, string>();
    for (const key of [...this.#objects.keys()].sort().filter((each) => each.startsWith(prefix))) {
      const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      const name = end < 0 ? key : key.slice(0, end + 1);
      const coded = encodeURIComponent(name).replaceAll("%2F", "/").replaceAll("%20", "+");
      found.set(
        name,
        end < 0
          ? `<Contents><Key>${coded}</Key><Size>${this.#objects.get(key)?.length}</Size></Contents>`
          : `<CommonPrefixes><Prefix>${coded}</Prefix></CommonPrefixes>`,
      );
    }
    const rest = [...found].filter(([name]) => name > after);
    const page = rest.slice(0, this.pageSize);
    const more = rest.length > page.length;
    const token = more ? `<NextContinuationToken>${xmlText(page.at(-1)?.[0] ?? "")}</NextContinuationToken>` : "";
    response
      .writeHead(query.get("encoding-type") === "url" ? 200 : 400, { "content-type": "application/xml" })
      .end(
        `<ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${page.map(([, xml]) => xml).join("")}</ListBucketResult>`,
      );
  }

  #get(key: string, response: ServerResponse): void {
    this.requests.push(`get ${key}`);
    const bytes = this.#objects.get(key);
    if (bytes === undefined) {
      fail(response, 404, "NoSuchKey");
    } else if (this.archived.has(key)) {
      fail(response, 403, "InvalidObjectState");
    } else if (this.broken.has(key)) {
      response.writeHead(200, { "content-length": bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    } else {
      response.writeHead(200, { "content-length": bytes.length }).end(bytes);
    }
  }
}

function fail(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<Error><Code>${code}</Code><Message>${code}, says the server.</Message></Error>`);
}

function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
