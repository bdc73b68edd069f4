import { isFolderInside, isFolderOutside, isLogName, isNameOutside, isOtherService } from "./log-path";
import { nameOf } from "./log-source";
import { type S3, s3 } from "./s3";
import { s3Problem } from "./s3-problem";
import type { Scope } from "./scope";
import { emptyResult, leaveOut, type SearchResult } from "./search-result";

/** Requests under way at once: an organization has hundreds of prefixes, and S3 answers each in some tens of milliseconds. */
const LANES = 16;

interface Page {
  readonly folders: readonly string[];
  readonly objects: readonly { readonly key: string; readonly bytes: number }[];
  readonly next: string | undefined;
}

/** Finds the log files whose keys begin with a prefix, in the order of their keys. */
export async function findObjects(path: string, scope: Scope): Promise<SearchResult> {
  const [, bucket, prefix = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*))?$/.exec(path) ?? [];
  const result = emptyResult();
  if (bucket === undefined) {
    result.problems.push({ file: path, reason: "not a path in S3: s3://BUCKET or s3://BUCKET/PREFIX" });
  } else if (isFolderOutside(foldersOf(prefix), scope)) {
    result.outside++;
  } else {
    await new Walk(bucket, scope, result).from(prefix);
    result.sources.sort((a, b) => (a.identity < b.identity ? -1 : 1));
  }
  return result;
}

class Walk {
  #stopped = false;

  constructor(
    private readonly bucket: string,
    private readonly scope: Scope,
    private readonly result: SearchResult,
  ) {}

  async from(prefix: string): Promise<void> {
    for (let level = [prefix]; level.length > 0; ) {
      const below: string[] = [];
      const waiting = level.values();
      const lane = async () => {
        for (const folder of waiting) below.push(...(await this.#list(folder, folder === prefix)));
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      level = below;
    }
  }

  /** @returns the prefixes below that are to be listed next */
  async #list(prefix: string, named: boolean): Promise<readonly string[]> {
    // Day by day would be a request for each, where not one would be left out.
    const flat = isFolderInside(foldersOf(prefix), this.scope);
    const below: string[] = [];
    try {
      let token: string | undefined;
      do {
        if (this.#stopped) return [];
        const page = await listPage(await s3(), this.bucket, prefix, flat, token);
        const [first] = page.objects;
        if (named && token === undefined && first?.key === prefix && first.bytes > 0) {
          this.#addInScope(first.key, first.bytes);
          return [];
        }
        for (const { key, bytes } of page.objects) this.#object(key, bytes);
        below.push(...page.folders.filter((folder) => this.#isWanted(foldersOf(folder))));
        token = page.next;
      } while (token !== undefined);
    } catch (error) {
      const { reason, lasting } = s3Problem(error, this.bucket);
      if (!this.#stopped) this.result.problems.push({ file: `s3://${this.bucket}/${prefix}`, reason });
      this.#stopped ||= lasting;
    }
    return below;
  }

  #object(key: string, bytes: number): void {
    // What the console makes when somebody asks it for a folder.
    if (key.endsWith("/")) return;
    if (isLogName(nameIn(key))) this.#addInScope(key, bytes);
    else leaveOut(this.result, nameIn(key));
  }

  #addInScope(key: string, bytes: number): void {
    if (isNameOutside(nameIn(key), this.scope)) {
      this.result.outside++;
    } else {
      const source = { kind: "s3", bucket: this.bucket, key, bytes } as const;
      this.result.sources.push({ identity: nameOf(source), source });
    }
  }

  #isWanted(folders: readonly string[]): boolean {
    const other = isOtherService(folders);
    const outside = !other && isFolderOutside(folders, this.scope);
    if (other) leaveOut(this.result, folders.at(-1) ?? "");
    if (outside) this.result.outside++;
    return !other && !outside;
  }
}

/** @param flat whether what lies deeper is listed too, instead of the prefixes it lies under */
async function listPage(
  { sdk, client }: S3,
  bucket: string,
  prefix: string,
  flat: boolean,
  token?: string,
): Promise<Page> {
  const answer = await client.send(
    new sdk.ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      // XML can't hold every character that a key may have.
      EncodingType: "url",
      ...(flat ? {} : { Delimiter: "/" }),
      ...(token === undefined ? {} : { ContinuationToken: token }),
    }),
  );
  return {
    folders: (answer.CommonPrefixes ?? []).map(({ Prefix = "" }) => decoded(Prefix)),
    objects: (answer.Contents ?? []).map(({ Key = "", Size = 0 }) => ({ key: decoded(Key), bytes: Size })),
    next: answer.IsTruncated ? answer.NextContinuationToken : undefined,
  };
}

function decoded(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}

/** The names before each `/` of a key or prefix; what comes after the last is a name, or the beginning of one. */
function foldersOf(key: string): readonly string[] {
  return key.split("/").slice(0, -1);
}

function nameIn(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}
