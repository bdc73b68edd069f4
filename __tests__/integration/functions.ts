import { join } from "node:path";
import { FunctionProcess } from "../../cli/demo/function-process";
import type { SynthesizedStack } from "../../cli/demo/synthesized-stack";
import type { Clock } from "./clock/clock";
import type { Deployed } from "./estate/deployed";
import type { Estate } from "./estate/estate";
import type { Gateway } from "./gateway/gateway";

/** What an invocation came to. */
export type Invocation =
  | { readonly kind: "answered"; readonly failed: ReadonlySet<string>; readonly log: readonly string[] }
  | { readonly kind: "threw"; readonly reason: string; readonly log: readonly string[] }
  | { readonly kind: "died"; readonly log: readonly string[] };

/** A message as SQS hands it to Lambda. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly receives: number;
  readonly receiptHandle?: string;
  /** When it was put into its queue, milliseconds since 1970. */
  readonly sentAt?: number;
}

/** A process of the function with its own way to AWS. As Lambda does, it gives the process one event at a time. */
export class Worker {
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly door: string,
    private readonly fn: FunctionProcess,
    private readonly gateway: Gateway,
    private readonly clock: Clock,
    private readonly unfollow: () => void,
  ) {}

  static async start(door: string, props: WorkerProps): Promise<Worker> {
    const { stack, estate, gateway, clock, environment, preload = [] } = props;
    const deployed = props.deployed ?? estate.alertFunction;
    const endpoint = await gateway.open(door);
    const own = Object.entries({ ...deployed.environment, ...environment }).map(([name, value]) => [
      name,
      value.replaceAll(estate.endpoint, endpoint),
    ]);
    const fn = await FunctionProcess.start(
      deployed.zipPath,
      deployed.handler,
      stack.region,
      endpoint,
      Object.fromEntries(own),
      [join(__dirname, "clock", "standing-date.js"), ...preload],
    );
    return new Worker(
      door,
      fn,
      gateway,
      clock,
      clock.follow((clockTime) => fn.tell({ clockTime })),
    );
  }

  get ended(): boolean {
    return this.fn.ended;
  }

  /** Begins when the process is idle and the clock isn't about to move. */
  invoke(queueArn: string, messages: readonly QueuedMessage[]): Promise<Invocation> {
    const invocation = this.#turn.then(() => this.clock.during(() => this.#invoke(queueArn, messages)));
    this.#turn = invocation.catch(() => {});
    return invocation;
  }

  /** Invokes the function directly. @returns what it answers */
  call(event: unknown): Promise<unknown> {
    const invocation = this.#turn.then(() => this.clock.during(() => this.fn.invoke(event)));
    this.#turn = invocation.catch(() => {});
    return invocation;
  }

  async #invoke(queueArn: string, messages: readonly QueuedMessage[]): Promise<Invocation> {
    const event = {
      Records: messages.map(({ id, body, receives, receiptHandle = id, sentAt }) => ({
        messageId: id,
        receiptHandle,
        attributes: {
          ApproximateReceiveCount: String(receives),
          ...(sentAt !== undefined && { SentTimestamp: String(sentAt) }),
        },
        messageAttributes: {},
        eventSource: "aws:sqs",
        eventSourceARN: queueArn,
        body,
      })),
    };
    try {
      const { batchItemFailures } = (await this.fn.invoke(event)) as BatchAnswer;
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      return { kind: "answered", failed, log: await this.fn.logUntil("invocation closed") };
    } catch (error) {
      const log = this.fn.takeLog();
      return this.fn.ended ? { kind: "died", log } : { kind: "threw", reason: firstLines(error), log };
    }
  }

  kill(): void {
    this.fn.kill();
  }

  stop(): void {
    this.unfollow();
    this.fn.stop();
    this.gateway.close(this.door);
  }
}

export interface WorkerProps {
  readonly stack: SynthesizedStack;
  readonly estate: Estate;
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** The alert function where absent. */
  readonly deployed?: Deployed;
  /** In place of what the stack gives the function. */
  readonly environment: Readonly<Record<string, string>>;
  /** Scripts that the process loads before its own code, besides the one that sets its clock. */
  readonly preload?: readonly string[];
}

interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

function firstLines(error: unknown): string {
  const lines = String(error).split("\n");
  return lines.slice(0, 3).join(" ");
}
