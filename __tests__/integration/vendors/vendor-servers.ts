import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Vendor, VendorAnswer, VendorRequest } from "../../channels/vendors/vendor";
import type { Clock } from "../clock/clock";

/**
 * What can go wrong with a request to a vendor:
 *
 * - an answer: the vendor does nothing, and answers that
 * - `cut-before`, `cut-after`: the connection breaks before the vendor has it, or after it has done it
 * - `slow`: the vendor does it, and answers too late for any client
 * - `kill`: the vendor does it, and the notifier's process is killed
 */
export type VendorFault = VendorAnswer | "cut-before" | "cut-after" | "slow" | "kill";

/** Says what goes wrong with the nth request (from 0) to a vendor. */
export type VendorFaultPlan = (vendor: string, n: number) => VendorFault | undefined;

/** The vendors as HTTPS servers on this machine, with a certificate that is made for them. Each process of the notifier has a door of its own. */
export class VendorServers {
  /** By name; a check may put others in their place. */
  vendors: Readonly<Record<string, Vendor>>;
  /** Requests that a vendor has done without the notifier's being able to learn so. */
  readonly #unlearned: { readonly vendor: string; readonly path: string }[] = [];
  #kills = 0;
  plan: VendorFaultPlan = () => undefined;
  readonly #counts = new Map<string, number>();
  readonly #doors = new Map<string, Server>();

  private constructor(
    private readonly folder: string,
    private readonly certificate: { readonly cert: string; readonly key: string },
    private readonly clock: Clock,
    vendors: Readonly<Record<string, Vendor>>,
  ) {
    this.vendors = vendors;
  }

  /** @param python an interpreter that has moto, and with it what makes certificates */
  static create(python: string, clock: Clock, vendors: Readonly<Record<string, Vendor>>): VendorServers {
    const hosts = Object.values(vendors).flatMap((vendor) => vendor.hosts);
    const { stdout, stderr, status } = spawnSync(python, [join(__dirname, "certificate.py"), ...hosts], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`no certificate can be made\n${stderr}`);
    const folder = mkdtempSync(join(tmpdir(), "trailwarden-vendors-"));
    const certificate = JSON.parse(stdout) as { readonly cert: string; readonly key: string };
    writeFileSync(join(folder, "ca.pem"), certificate.cert);
    return new VendorServers(folder, certificate, clock, vendors);
  }

  /**
   * @param kill kills the process that the door is for
   * @returns what the process's environment needs to get here
   */
  async open(door: string, kill: () => void): Promise<Readonly<Record<string, string>>> {
    const server = createServer(this.certificate, (request, response) => {
      this.clock.hold(this.#handle(request, response, kill)).catch(() => response.destroy());
    });
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#doors.set(door, server);
    const { port } = server.address() as AddressInfo;
    return { NODE_EXTRA_CA_CERTS: join(this.folder, "ca.pem"), VENDORS_PORT: String(port) };
  }

  /** Counts from 0, with this plan. */
  begin(plan: VendorFaultPlan): void {
    this.plan = plan;
    this.#counts.clear();
    this.#unlearned.length = 0;
    this.#kills = 0;
  }

  /** How often a vendor may rightly have got the same twice: requests whose answer was lost, and any that a killed process had under way. */
  mayRepeat(vendor: string, path = ""): number {
    return this.#unlearned.filter((one) => one.vendor === vendor && one.path.includes(path)).length + this.#kills;
  }

  /** How many requests each vendor has got. */
  get requests(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  get violations(): readonly string[] {
    return Object.entries(this.vendors).flatMap(([name, { violations }]) => violations.map((one) => `${name}: ${one}`));
  }

  close(door: string): void {
    const server = this.#doors.get(door);
    this.#doors.delete(door);
    server?.closeAllConnections();
    server?.close();
  }

  stop(): void {
    for (const door of [...this.#doors.keys()]) this.close(door);
    rmSync(this.folder, { recursive: true });
  }

  async #handle(request: IncomingMessage, response: ServerResponse, kill: () => void): Promise<void> {
    const gone = new Promise<void>((resolve) => response.once("close", resolve));
    const asked = await vendorRequest(request);
    const [name, vendor] = Object.entries(this.vendors).find(([, { hosts }]) => hosts.includes(asked.host)) ?? [];
    if (name === undefined || vendor === undefined) throw new Error(`no vendor is ${asked.host}`);
    const n = this.#counts.get(name) ?? 0;
    this.#counts.set(name, n + 1);
    const fault = this.plan(name, n);
    if (fault === "cut-before") {
      request.socket.destroy();
      return;
    }
    if (typeof fault === "object") {
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    }
    const answer = this.#ask(vendor, asked);
    if (fault === "cut-after" || fault === "slow") this.#unlearned.push({ vendor: name, path: asked.path });
    if (fault === "slow") await gone;
    if (fault === "kill") {
      this.#kills++;
      kill();
    }
    if (fault !== undefined || typeof answer === "string") {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
    await gone;
    // The client has given up meanwhile, on a slow machine.
    if (!response.writableFinished) this.#unlearned.push({ vendor: name, path: asked.path });
  }

  /** At the tests' time: signatures are of then. */
  #ask(vendor: Vendor, request: VendorRequest) {
    const realNow = Date.now;
    Date.now = () => this.clock.now();
    try {
      return vendor.answer(request);
    } finally {
      Date.now = realNow;
    }
  }
}

async function vendorRequest(request: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { host = "", ...headers } = request.headers;
  return {
    method: request.method ?? "",
    host,
    path: request.url ?? "",
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
