import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** Answers as GitHub's API would, from a list of posts; keeps what it was asked to write. */
export class FakeGitHub {
  readonly written: Request[] = [];
  readonly #server: Server;

  /** @param posts the comments or issues there are */
  constructor(posts: readonly unknown[]) {
    this.#server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(String(request.url), "http://localhost");
      if (request.method === "GET") {
        const [page, size] = [Number(searchParams.get("page")), Number(searchParams.get("per_page"))];
        response.end(JSON.stringify(posts.slice((page - 1) * size, page * size)));
        return;
      }
      let text = "";
      request.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      request.on("end", () => {
        const { method = "", headers } = request;
        this.written.push({ method, path: pathname, token: headers.authorization, body: JSON.parse(text) });
        response.statusCode = text.includes("refuse this") ? 403 : 201;
        response.end('{"message": "as you wish"}');
      });
    });
  }

  /** @returns what a workflow's environment says of it */
  async start(): Promise<Readonly<Record<string, string>>> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo;
    return {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: "owner/repository",
      GITHUB_TOKEN: "a-token",
    };
  }

  stop(): void {
    this.#server.close();
  }
}
