import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { fetchJars, MAVEN_CENTRAL } from "./jars";
import { findJava } from "./java";
import type { BenchQuestion, BenchResult, Comparison, Question, Referee, Ruling } from "./referee";

const SOURCE = join(__dirname, "java", "Referee.java");
const CACHE = join(__dirname, ".cache");

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Let Java optimize all it can; else it starts answering sooner and is slower in the long run. */
  readonly forBench?: boolean;
}

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/** event-ruler in a JVM of its own, fed through a pipe; requests may overlap and are answered in order. */
export class Jvm implements Referee {
  private readonly waiting: Waiting[] = [];
  private stderr = "";
  private stopped: Error | undefined;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
      this.waiting.shift()?.resolve(line);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    child.on("error", (error) => this.stop(error));
    child.on("close", (code) => this.stop(new Error(`the referee's Java ended with ${code}\n${this.stderr}`)));
    // What a write to a process that has ended says is less than what "close" says.
    child.stdin.on("error", () => undefined);
  }

  /**
   * Fetches event-ruler where it is not at hand yet, and starts it.
   *
   * @throws NoJava without a JDK that can run it; Error when event-ruler can't be fetched
   */
  static async start({ env = process.env, forBench = false }: StartOptions = {}): Promise<Jvm> {
    const java = findJava(env);
    const jars = await fetchJars({ repository: env.CONFORMANCE_MAVEN_REPOSITORY || MAVEN_CENTRAL, cache: CACHE });
    // Ruler hands text such as 1.2.3.256 to Java's resolver: with a hosts file to look into, it asks no name server.
    const hosts = join(CACHE, "no-hosts");
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(hosts, "");
    const options = ["-Xss4m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", `-Djdk.net.hosts.file=${hosts}`];
    if (!forBench) options.push("-XX:TieredStopAtLevel=1");
    const child = spawn(java, [...options, "--class-path", jars.join(delimiter), SOURCE], { env });
    const jvm = new Jvm(child);
    await jvm.nextLine();
    return jvm;
  }

  judge(questions: readonly Question[], repeats = 1): Promise<readonly Ruling[]> {
    return this.answers<Ruling>({ command: "judge", cases: questions, repeats });
  }

  /** As `judge`, and what event-ruler's other ways to ask it say. */
  compare(questions: readonly Question[]): Promise<readonly Comparison[]> {
    return this.answers<Comparison>({ command: "compare", cases: questions });
  }

  /**
   * Puts all patterns into one machine.
   *
   * @returns for each event the numbers of the patterns that match it
   * @throws Error when a pattern or an event is refused
   */
  together(patterns: readonly string[], events: readonly string[]): Promise<readonly (readonly number[])[]> {
    return this.answers<readonly number[]>({ command: "together", patterns, events });
  }

  /** How complex event-ruler finds the wildcards of each pattern, up to the cap; -1 for what it refuses. */
  complexity(patterns: readonly string[], cap: number): Promise<readonly number[]> {
    return this.answers<number>({ command: "complexity", cap, patterns });
  }

  /** Puts all patterns into one machine, holds the events against it for as many seconds, after half as many to warm up. */
  bench(question: BenchQuestion): Promise<BenchResult> {
    return this.ask<BenchResult>({ command: "bench", ...question });
  }

  close(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.child.once("close", () => resolve());
      this.child.stdin.end();
    });
  }

  private async answers<Answer>(request: object): Promise<readonly Answer[]> {
    return (await this.ask<{ readonly answers: readonly Answer[] }>(request)).answers;
  }

  private async ask<Answer>(request: object): Promise<Answer> {
    if (this.stopped) throw this.stopped;
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const answer = JSON.parse(await this.nextLine()) as Answer & { readonly error?: string };
    if (answer.error !== undefined) throw new Error(`the referee answers: ${answer.error}`);
    return answer;
  }

  private nextLine(): Promise<string> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private stop(error: Error): void {
    this.stopped ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.stopped);
  }
}
