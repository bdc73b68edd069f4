import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { httpsRequest } from "../../../lambda-src/adapters/https-request";

const SECRET = "/services/T0/B0/very-secret";

describe("a channel's request", () => {
  let server: Server | undefined;

  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((closed) => (server ? server.close(closed) : closed(undefined)));
    server = undefined;
  });

  /** The real `fetch`, to a server on this machine instead of the address's host. */
  async function sender(listener: RequestListener) {
    const listening = createServer(listener);
    server = listening;
    await new Promise<void>((ready) => listening.listen(0, "127.0.0.1", ready));
    const { port } = listening.address() as AddressInfo;
    return (body = "{}", timeoutMs?: number) =>
      httpsRequest(
        { method: "POST", url: `https://chat.example${SECRET}`, headers: { "content-type": "application/json" }, body },
        (url, init) => fetch(String(url).replace("https://chat.example", `http://127.0.0.1:${port}`), init),
        timeoutMs,
      );
  }

  test("is sent as it is, and gives status, headers and body, whatever the status", async () => {
    const seen: string[] = [];
    const send = await sender((request, response) => {
      request.setEncoding("utf8").on("data", (data: string) => seen.push(data));
      request.on("end", () => {
        seen.push(`${request.method} ${request.url} ${request.headers["content-type"]}`);
        response.writeHead(429, { "Retry-After": "30" }).end("slow down");
      });
    });

    expect(await send('{"a":1}')).toMatchObject({
      status: 429,
      headers: { "retry-after": "30" },
      body: "slow down",
    });
    expect(seen).toEqual(['{"a":1}', `POST ${SECRET} application/json`]);
  });

  test("follows no redirect: that is a refusal", async () => {
    let requests = 0;
    const send = await sender((_, response) => {
      requests++;
      response.writeHead(302, { location: "/elsewhere" }).end();
    });

    await expect(send()).rejects.toMatchObject({
      name: "ChannelRefusal",
      message: "chat.example answered with a redirect (302), which is not followed",
    });
    expect(requests).toBe(1);
  });

  test("reads 64 KB of an answer and no more, however long it goes on", async () => {
    const send = await sender((_, response) => {
      response.writeHead(200);
      const chunk = "x".repeat(16_384);
      const more = (): void => {
        if (response.writableEnded || response.destroyed) return;
        if (response.write(chunk)) setImmediate(more);
        else response.once("drain", more);
      };
      more();
    });

    expect((await send()).body).toBe("x".repeat(65_536));
  });

  test("without an answer in time is unavailable", async () => {
    const send = await sender(() => undefined);

    await expect(send("{}", 50)).rejects.toMatchObject({
      name: "ChannelUnavailable",
      message: "chat.example can't be reached: no answer within 0.05 seconds",
    });
  });

  test("whose answer stops in the middle is unavailable", async () => {
    const send = await sender((_, response) => {
      response.writeHead(200).write("begin");
    });

    await expect(send("{}", 50)).rejects.toMatchObject({ name: "ChannelUnavailable" });
  });

  test("to a host that can't be reached says why, and nothing of the path", async () => {
    const refused = () =>
      Promise.reject(Object.assign(new TypeError(`fetch failed ${SECRET}`), { cause: { code: "ECONNREFUSED" } }));
    const sent = httpsRequest({ method: "GET", url: `https://chat.example${SECRET}`, headers: {} }, refused);

    await expect(sent).rejects.toMatchObject({
      name: "ChannelUnavailable",
      message: "chat.example can't be reached: ECONNREFUSED",
    });
  });

  test.each(["http://chat.example/x", "ftp://chat.example/x", "chat.example", ""])(
    "to %j is refused unsent",
    async (url) => {
      const unsent = () => Promise.reject(new Error("sent"));

      await expect(httpsRequest({ method: "POST", url, headers: {} }, unsent)).rejects.toMatchObject({
        name: "ChannelRefusal",
        message: expect.stringContaining("not an https:// address"),
      });
    },
  );
});
