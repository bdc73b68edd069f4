import { LocalServer, readBody } from "../../cli/demo/local-server";

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** Answers as GitHub's API would, from a list of posts; keeps what it was asked to write. */
export class FakeGitHub {
  readonly written: Request[] = [];
  #server: LocalServer | undefined;

  /** @param posts the comments or issues there are */
  constructor(private readonly posts: readonly unknown[]) {}

  /** @returns what a workflow's environment says of it */
  async start(): Promise<Readonly<Record<string, string>>> {
    this.#server = await LocalServer.start(async (request, response) => {
      const { pathname, searchParams } = new URL(String(request.url), "http://localhost");
      if (request.method === "GET") {
        const [page, size] = [Number(searchParams.get("page")), Number(searchParams.get("per_page"))];
        response.end(JSON.stringify(this.posts.slice((page - 1) * size, page * size)));
        return;
      }
      const text = await readBody(request);
      const { method = "", headers } = request;
      this.written.push({ method, path: pathname, token: headers.authorization, body: JSON.parse(text) });
      response.statusCode = text.includes("refuse this") ? 403 : 201;
      response.end('{"message": "as you wish"}');
    });
    return {
      GITHUB_API_URL: this.#server.endpoint,
      GITHUB_REPOSITORY: "owner/repository",
      GITHUB_TOKEN: "a-token",
    };
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}
