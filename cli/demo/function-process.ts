import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { CommandError } from "../command/command-error";
import { QUIET_SDK } from "../command/quiet-sdk";

interface Answer {
  readonly id?: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** What points the SDK at `endpoint`, with made-up credentials, and keeps it from the user's own configuration. */
export function sdkEnvironment(region: string, endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: "demo",
    AWS_SECRET_ACCESS_KEY: "demo",
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_IAM: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL_SNS: endpoint,
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    ...QUIET_SDK,
  };
}

/** The function as zipped, in a process of its own, as Lambda runs it. */
export class FunctionProcess {
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #log = "";
  #calls = 0;

  private constructor(
    zipPath: string,
    handler: string,
    environment: Readonly<Record<string, string>>,
    preload: readonly string[],
  ) {
    this.#folder = mkdtempSync(join(tmpdir(), "trailwarden-function-"));
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zipPath)))) {
      const path = join(this.#folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
    this.#child = fork(join(__dirname, "function-runtime.js"), [this.#folder, handler], {
      env: environment,
      execArgv: preload.flatMap((script) => ["--require", script]),
      silent: true,
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (chunk) => {
      this.#log += chunk;
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (chunk) => {
      this.#log += chunk;
    });
  }

  /**
   * @param environment what the stack gives the function; the SDK is pointed at `endpoint` with made-up credentials
   * @param preload scripts, such as tests have, that the process loads before anything else; the zip's own code stays as it is
   * @throws CommandError when the zip's code can't be loaded
   */
  static async start(
    zipPath: string,
    handler: string,
    region: string,
    endpoint: string,
    environment: Readonly<Record<string, string>>,
    preload: readonly string[] = [],
  ): Promise<FunctionProcess> {
    const variables = { ...environment, ...sdkEnvironment(region, endpoint) };
    const started = new FunctionProcess(zipPath, handler, variables, preload);
    try {
      await started.#ready();
    } catch (error) {
      started.stop();
      throw error;
    }
    return started;
  }

  async #ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#child.once("message", () => resolve());
      // Not "exit": what the process wrote last may come after that.
      this.#child.once("close", () =>
        reject(new CommandError("the function can't be loaded", { detail: readable(this.#log) })),
      );
    });
    this.#child.on("message", (message: Answer) => {
      this.#waiting.get(message.id ?? -1)?.(message);
      this.#waiting.delete(message.id ?? -1);
    });
    this.#child.on("exit", (code, signal) => {
      for (const answer of this.#waiting.values()) {
        answer({ error: `the function's process ended with ${signal ?? code}` });
      }
      this.#waiting.clear();
    });
  }

  /** Whether the process has ended, of itself or killed. */
  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** @throws CommandError when the function throws */
  async invoke(event: unknown): Promise<unknown> {
    const id = this.#calls++;
    const { answer, error } = await new Promise<Answer>((resolve) => {
      if (this.ended) resolve({ error: "the function's process has ended" });
      this.#waiting.set(id, resolve);
      // A process that ends meanwhile says so by its exit.
      this.#child.send({ id, event }, () => {});
    });
    if (error !== undefined) throw new CommandError(`the function failed: ${error}`, { detail: this.#log.trimEnd() });
    return answer;
  }

  /** Tells a preloaded script something; the function itself doesn't hear it. */
  tell(message: Readonly<Record<string, unknown>>): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  /** Ends the process at once, whatever it is doing. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** The lines it has logged since the last call. */
  takeLog(): readonly string[] {
    const lines = this.#log.split("\n").filter((line) => line !== "");
    this.#log = "";
    return lines;
  }

  /** The same, once a whole line with this text is among them: what it logs may come after its answer, and in pieces. */
  async logUntil(text: string): Promise<readonly string[]> {
    const output = this.#child.stdout;
    while (!this.#hasLine(text) && output && !output.destroyed) {
      await new Promise<void>((resolve) => {
        const go = () => {
          output.off("data", go).off("close", go);
          resolve();
        };
        output.once("data", go).once("close", go);
      });
    }
    return this.takeLog();
  }

  #hasLine(text: string): boolean {
    const at = this.#log.indexOf(text);
    return at >= 0 && this.#log.includes("\n", at);
  }

  stop(): void {
    this.#child.removeAllListeners("exit");
    this.#child.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Without the bundle's own lines, which are as long as the bundle. */
function readable(log: string): string {
  return log
    .trimEnd()
    .split("\n")
    .filter((line) => line.length < 1_000)
    .join("\n");
}
