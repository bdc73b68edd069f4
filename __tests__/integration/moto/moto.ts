import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DEMO_ACCOUNT } from "../../../cli/demo/synthesized-stack";

/** moto's server, in a process of its own: AWS's services on this machine. */
export class Moto {
  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: string,
  ) {}

  /**
   * @param python an interpreter that has moto
   * @throws Error with what moto said, when it doesn't start
   */
  static async start(python: string): Promise<Moto> {
    const child = spawn(python, [join(__dirname, "serve.py")], {
      env: { PATH: process.env.PATH, MOTO_ACCOUNT_ID: DEMO_ACCOUNT, AWS_EC2_METADATA_DISABLED: "true" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said = `${said}${chunk}`.slice(-4_000);
    });
    const port = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", resolve);
      child.once("error", reject);
      child.once("close", (code) =>
        reject(new Error(`moto ended with ${code} before it was ready\n${said.trimEnd()}`)),
      );
    });
    return new Moto(child, `http://127.0.0.1:${port}`);
  }

  /** Forgets every resource. */
  async reset(): Promise<void> {
    const { ok, status } = await fetch(`${this.endpoint}/moto-api/reset`, { method: "POST" });
    if (!ok) throw new Error(`moto answers ${status} when asked to forget everything`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await ended;
  }
}
