import { UserError } from "../../config/user-error";

/** What we need of a comment or an issue. */
export interface Post {
  readonly id: number;
  /** Issues only. */
  readonly number?: number;
  readonly body: string | null;
  readonly user: { readonly login: string } | null;
  /** Set when an issue is a pull request. */
  readonly pull_request?: unknown;
}

/** Author of posts made with a workflow's own token. */
const OURSELVES = "github-actions[bot]";
const PER_PAGE = 100;

/** A few calls of GitHub's REST API, for the repository that the workflow runs in. */
export class GitHubApi {
  readonly #base: string;
  readonly #token: string;

  /** @param environment normally `process.env`, as a workflow has it, with `GITHUB_TOKEN` */
  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#base = `${required(environment, "GITHUB_API_URL")}/repos/${required(environment, "GITHUB_REPOSITORY")}`;
    this.#token = required(environment, "GITHUB_TOKEN");
  }

  /** @throws UserError with GitHub's answer when it refuses */
  async send(method: "POST" | "PATCH", path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#call(method, path, body);
  }

  /** The first post of our own that begins with the marker. Anyone can write the marker, so the author counts too. */
  async findOwn(path: string, marker: string): Promise<Post | undefined> {
    for (let page = 1; ; page += 1) {
      const query = `${path.includes("?") ? "&" : "?"}per_page=${PER_PAGE}&page=${page}`;
      const posts = (await this.#call("GET", path + query)) as readonly Post[];
      const own = posts.find(
        ({ user, body, pull_request }) =>
          user?.login === OURSELVES && body?.startsWith(marker) && pull_request === undefined,
      );
      if (own !== undefined || posts.length < PER_PAGE) return own;
    }
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const url = `${this.#base}/${path}`;
    const response = await fetch(url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${this.#token}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      const { message, cause } = error as Error;
      const reason = cause instanceof Error ? `: ${cause.message}` : "";
      throw new UserError(`${method} ${url}: ${message}${reason}; run the job again`);
    });
    const text = await response.text();
    if (!response.ok) throw new UserError(`${method} ${path}: GitHub answers ${response.status} ${text.slice(0, 500)}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}

/** @throws UserError when the variable is missing */
export function required(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = environment[name];
  if (!value) throw new UserError(`${name} is not set: the workflow must set it`);
  return value;
}
