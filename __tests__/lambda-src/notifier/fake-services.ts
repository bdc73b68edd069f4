import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LocalDynamoDb } from "../../../cli/demo/local-dynamodb";
import { alertStateTable } from "../../alerting/alert-state-table";

type Fields = Readonly<Record<string, unknown>>;

/** The services of AWS that the notifier calls, on this machine. */
export class FakeServices {
  /** By name: parameters of SSM, and secrets of Secrets Manager. */
  readonly secrets = new Map<string, string>();
  /** Names of secrets that are bytes. */
  readonly binary = new Set<string>();
  /** Requests to SQS, SNS and Security Hub, by operation. */
  readonly calls: (readonly [string, Fields])[] = [];
  /** Operations that answer with an error. */
  readonly broken = new Set<string>();

  private constructor(
    private readonly dynamodb: LocalDynamoDb,
    private readonly server: Server,
  ) {}

  static async start(): Promise<FakeServices> {
    const server = createServer();
    const services = new FakeServices(await LocalDynamoDb.start(alertStateTable()), server);
    server.on("request", (request, response) => void services.#answer(request, response));
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return services;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What was asked of an operation since the last call. */
  take(operation: string): readonly Fields[] {
    const taken = this.calls.filter(([name]) => name === operation).map(([, fields]) => fields);
    this.calls.splice(0, this.calls.length, ...this.calls.filter(([name]) => name !== operation));
    return taken;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
    await this.dynamodb.stop();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const target = String(request.headers["x-amz-target"] ?? "");
    if (target.startsWith("DynamoDB")) return this.#forward(request, body, response);
    const form = new URLSearchParams(body);
    const isJson = body.startsWith("{");
    const operation = target.split(".")[1] ?? form.get("Action") ?? String(request.url);
    const fields = (isJson ? JSON.parse(body) : Object.fromEntries(form)) as Fields;
    this.calls.push([operation, fields]);
    const [status, answer] = this.#answerTo(operation, fields);
    response.writeHead(status, { "content-type": typeof answer === "string" ? "text/xml" : "application/json" });
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  }

  #answerTo(operation: string, fields: Fields): readonly [number, object | string] {
    if (this.broken.has(operation)) return [400, { __type: "AccessDeniedException", message: "not allowed" }];
    const value = this.secrets.get(String(fields.Name ?? fields.SecretId));
    switch (operation) {
      case "GetParameter":
        return value === undefined ? [400, { __type: "ParameterNotFound" }] : [200, { Parameter: { Value: value } }];
      case "GetSecretValue":
        if (this.binary.has(String(fields.SecretId))) return [200, { SecretBinary: "AAEC" }];
        return value === undefined ? [400, { __type: "ResourceNotFoundException" }] : [200, { SecretString: value }];
      case "SendMessage":
        return [200, { MD5OfMessageBody: createHash("md5").update(String(fields.MessageBody)).digest("hex") }];
      case "Publish":
        return [200, "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"];
      case "/findings/import":
        return [200, { FailedCount: 0, SuccessCount: 1 }];
      default:
        return [200, {}];
    }
  }

  async #forward({ headers }: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const names = ["x-amz-target", "content-type", "authorization", "x-amz-date"];
    const sent = Object.fromEntries(names.map((name) => [name, String(headers[name] ?? "")]));
    const answer = await fetch(this.dynamodb.endpoint, { method: "POST", headers: sent, body });
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" }).end(await answer.text());
  }
}
