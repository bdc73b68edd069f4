import type { IncomingMessage, ServerResponse } from "node:http";
import { respond } from "./local-server";

/** What a request asks of S3. */
export interface S3Request {
  readonly bucket: string;
  /** Empty where the bucket is listed. */
  readonly key: string;
  readonly query: URLSearchParams;
}

export function s3Request({ url = "/" }: IncomingMessage): S3Request {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(decodeURIComponent(pathname)) ?? [];
  return { bucket, key, query: searchParams };
}

/** S3 on this machine, as much of it as the function and replay call: GetObject and ListObjectsV2. */
export class LocalS3 {
  readonly #objects = new Map<string, Uint8Array>();

  /** @param pageSize how many keys and prefixes a listing has at most: 1,000 in AWS */
  constructor(private readonly pageSize = 1_000) {}

  put(bucket: string, key: string, bytes: Uint8Array): void {
    this.#objects.set(`${bucket}/${key}`, bytes);
  }

  object(bucket: string, key: string): Uint8Array | undefined {
    return this.#objects.get(`${bucket}/${key}`);
  }

  clear(): void {
    this.#objects.clear();
  }

  answer({ bucket, key, query }: S3Request, response: ServerResponse): void {
    if (query.get("list-type") === "2") {
      this.#list(bucket, query, response);
      return;
    }
    const bytes = this.object(bucket, key);
    if (bytes) respond(response, "application/json", bytes);
    else s3Error(response, 404, "NoSuchKey", "The specified key does not exist.");
  }

  /** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
  #list(bucket: string, query: URLSearchParams, response: ServerResponse): void {
    if (query.get("encoding-type") !== "url") {
      s3Error(response, 400, "InvalidArgument", "Only listings with encoding-type=url are answered here.");
      return;
    }
    const prefix = query.get("prefix") ?? "";
    const delimiter = query.get("delimiter") ?? "";
    const after = query.get("continuation-token") ?? "";
    const found = new Map<string, string>();
    const keys = [...this.#objects.keys()].flatMap((path) =>
      path.startsWith(`${bucket}/${prefix}`) ? path.slice(bucket.length + 1) : [],
    );
    for (const key of keys.sort()) {
      const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      const name = end < 0 ? key : key.slice(0, end + 1);
      const coded = encodeURIComponent(name).replaceAll("%2F", "/").replaceAll("%20", "+");
      found.set(
        name,
        end < 0
          ? `<Contents><Key>${coded}</Key><Size>${this.object(bucket, key)?.length}</Size></Contents>`
          : `<CommonPrefixes><Prefix>${coded}</Prefix></CommonPrefixes>`,
      );
    }
    const rest = [...found].filter(([name]) => name > after);
    const page = rest.slice(0, this.pageSize);
    const more = rest.length > page.length;
    const token = more ? `<NextContinuationToken>${xmlText(page.at(-1)?.[0] ?? "")}</NextContinuationToken>` : "";
    respond(
      response,
      "application/xml",
      `<ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${page.map(([, xml]) => xml).join("")}</ListBucketResult>`,
    );
  }
}

export function s3Error(response: ServerResponse, status: number, code: string, message: string): void {
  respond(response, "application/xml", `<Error><Code>${code}</Code><Message>${message}</Message></Error>`, status);
}

function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
