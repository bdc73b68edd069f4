// Over 250 lines: one proxy, whose requests share its state.
import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as send,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Clock } from "../clock/clock";
import { type Fault, type FaultPlan, noFaults } from "./faults";
import { type Publish, Publishes } from "./publishes";
import { type Call, callOf } from "./request";
import { wireError } from "./wire-errors";

/** An answer of the service behind. */
interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** How long a stalled answer is held at most, should the client wait for ever. */
const LONGEST_STALL_MS = 20_000;

/**
 * Stands between function and moto. Every process has a door (port) of its own, so that the proxy knows whose request it is. Requests
 * go on in the order in which they came; the clock doesn't move under any of them.
 */
export class Gateway {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #doors = new Map<string, Server>();
  readonly #labels = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  /** Whose answer went out last over a connection, where it was a Publish's and the connection has not been used again. */
  readonly #answered = new WeakMap<Socket, Publish>();
  readonly #breakdowns: string[] = [];
  #plan: FaultPlan = noFaults;
  #publishes = new Publishes();
  #requests = 0;

  /**
   * @param clock whose time answers bear: the SDK takes a service whose clock differs from the function's for one that has
   *   to be asked again
   * @param kill kills the process that a door is for
   */
  constructor(
    private readonly target: string,
    private readonly clock: Clock,
    private readonly kill: (door: string) => void = () => {},
  ) {}

  /** Is shown every request. */
  observe: (door: string, call: Call, body: string) => void = () => {};

  get publishes(): Publishes {
    return this.#publishes;
  }

  get requests(): number {
    return this.#requests;
  }

  /** How often each fault came, by service and fault: `sns lose`. */
  get faults(): ReadonlyMap<string, number> {
    return this.#faults;
  }

  /** What moto itself could not answer: nothing can be said of the function then. */
  get breakdowns(): readonly string[] {
    return this.#breakdowns;
  }

  /** Begins anew: counts from 0, with this plan. */
  begin(plan: FaultPlan): void {
    this.#plan = plan;
    this.#publishes = new Publishes();
    this.#counts.clear();
    this.#faults.clear();
    this.#breakdowns.length = 0;
    this.#requests = 0;
  }

  endFaults(): void {
    this.#plan = noFaults;
  }

  /** @returns the door's address */
  async open(door: string): Promise<string> {
    const server = createServer((request, response) => {
      this.clock.hold(this.#handle(door, request, response)).catch(() => response.destroy());
    });
    // One that is closed just as a request comes would look like a fault.
    server.keepAliveTimeout = 0;
    server.on("connection", (socket: Socket) => {
      socket.once("close", () => {
        const last = this.#answered.get(socket);
        if (last && !last.confirmed) last.left = true;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#doors.set(door, server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** What the plan knows the door by, in place of its name. */
  label(door: string, label: string): void {
    this.#labels.set(door, label);
  }

  close(door: string): void {
    const server = this.#doors.get(door);
    this.#doors.delete(door);
    server?.closeAllConnections();
    server?.close();
  }

  async stop(): Promise<void> {
    for (const door of [...this.#doors.keys()]) this.close(door);
    await this.clock.idle();
    this.#agent.destroy();
  }

  async #handle(door: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Listened for from the start: a client that has gone must not be waited for.
    const gone = new Promise<void>((resolve) => response.once("close", resolve));
    this.#answered.delete(request.socket);
    const received = await bodyOf(request);
    response.setHeader("date", new Date(this.clock.now()).toUTCString());
    const call = callOf(request, received);
    const body = call.service === "dynamodb" ? onOneLine(received) : received;
    this.observe(door, call, received.toString("utf8"));
    const fault = this.#next(door, call);
    this.#requests++;
    switch (fault) {
      case "drop":
        request.socket.destroy();
        return;
      case "error":
      case "unavailable":
      case "throttle": {
        const { status, headers, body: text } = wireError(call, fault, this.#requests);
        response.writeHead(status, headers).end(text);
        return;
      }
      case "kill-before":
        this.kill(door);
        request.socket.destroy();
        return;
      case "late":
        await Promise.race([gone, pause(LONGEST_STALL_MS)]);
        break;
    }
    const answer = await this.#forward(request, body);
    if (answer.status >= 500) this.#breakdowns.push(`${call.service} ${call.operation}: ${textOf(answer.body)}`);
    const publish = this.#accepted(door, call, body, answer.status);
    switch (fault) {
      case "lose":
      case "late":
        request.socket.destroy();
        return;
      case "kill-after":
        this.kill(door);
        request.socket.destroy();
        return;
      case "stall":
        await Promise.race([gone, pause(LONGEST_STALL_MS)]);
        request.socket.destroy();
        return;
      case "cut":
        cutShort(response, answer);
        return;
    }
    this.#deliver(request, response, answer, publish);
  }

  #deliver(
    { socket }: IncomingMessage,
    response: ServerResponse,
    { status, headers, body }: Answer,
    publish: Publish | undefined,
  ): void {
    if (socket.destroyed) return;
    response.writeHead(status, { ...withoutConnection(headers), "content-length": body.length });
    response.end(body, () => {
      if (!publish) return;
      publish.learned = true;
      this.#answered.set(socket, publish);
    });
  }

  #next(door: string, call: Call): Fault | undefined {
    const label = this.#labels.get(door) ?? door;
    const key = `${label} ${call.service} ${call.operation}`;
    const n = this.#counts.get(key) ?? 0;
    this.#counts.set(key, n + 1);
    const fault = this.#plan(label, call, n);
    if (fault !== undefined) {
      const kind = `${call.service} ${fault}`;
      this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + 1);
    }
    return fault;
  }

  #accepted(door: string, { operation }: Call, body: Buffer, status: number): Publish | undefined {
    if (status !== 200) return undefined;
    if (operation === "UpdateItem") this.#publishes.updated(door, body);
    return operation === "Publish" ? this.#publishes.accepted(door, body) : undefined;
  }

  #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const options = {
        method,
        agent: this.#agent,
        headers: { ...withoutConnection(headers), "content-length": body.length },
      };
      const forwarded = send(new URL(url ?? "/", this.target), options, (response) => {
        bodyOf(response).then(
          (bytes) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: bytes }),
          reject,
        );
      });
      forwarded.once("error", reject);
      forwarded.end(body);
    });
  }
}

/** Says how long the answer is, and stops before it is. */
function cutShort(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...withoutConnection(headers), "content-length": body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

/** Without what is between two neighbours only, and the time. */
function withoutConnection(headers: IncomingMessage["headers"]): IncomingMessage["headers"] {
  const { connection, date, "transfer-encoding": _, ...kept } = headers;
  return kept;
}

/** DynamoDB takes line breaks in an expression; moto's parser of conditions doesn't. */
function onOneLine(body: Buffer): Buffer {
  const text = body.toString("utf8");
  if (!text.includes("\\n")) return body;
  const input = JSON.parse(text) as Record<string, unknown>;
  for (const [name, value] of Object.entries(input)) {
    if (name.endsWith("Expression") && typeof value === "string") input[name] = value.replace(/\s+/g, " ");
  }
  return Buffer.from(JSON.stringify(input));
}

/** The gist of moto's page about an exception. */
function textOf(body: Buffer): string {
  return body
    .toString("utf8")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .slice(0, 500);
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
