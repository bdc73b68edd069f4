import type { ConfiguredChannel } from "../../../alerting/channels/configured-channel";
import { conclude } from "../../../alerting/delivery/conclude";
import { readDeliveries } from "../../../alerting/delivery/delivery-message";
import { DeliveryTally } from "../../../alerting/delivery/delivery-tally";
import { MemoryChannelState } from "../../../alerting/delivery/memory-channel-state";
import { type Disposition, processDeliveries } from "../../../alerting/delivery/process-deliveries";
import { Scrubber } from "../../../alerting/delivery/scrubber";
import { jsonLines } from "../../../alerting/log";
import { Vendor } from "./vendor";

const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:channels";
export const LABELS = { accountNames: {} };

export interface Queued {
  readonly id: string;
  readonly body: string;
  receives: number;
  readonly sentAt: number;
  visibleAt: number;
}

/** A queue with its dead letters, the notifier's state, and the time, all in memory. */
export class World {
  readonly vendor = new Vendor();
  readonly state = new MemoryChannelState();
  readonly queue = new Map<string, Queued>();
  readonly dead: { readonly body: string; readonly reason: string }[] = [];
  readonly lines: string[] = [];
  readonly hidden: { readonly id: string; readonly seconds: number }[] = [];
  readonly secrets = new Map<string, string>();
  readonly rereads: string[] = [];
  readonly notBefore = new Map<string, number>();
  /** Called before a secret is read; what it throws is the answer. */
  beforeSecret: (channel: ConfiguredChannel, reread: boolean) => void = () => undefined;
  beforeDead: () => void = () => undefined;
  now = Date.parse("2026-11-20T02:15:00Z");
  tally = new DeliveryTally();
  maxReceives = 100;
  remainingMs = 120_000;
  random: () => number = () => 0;
  #invocations = 0;
  #messages = 0;

  constructor(readonly configured: readonly ConfiguredChannel[]) {}

  put(...bodies: readonly unknown[]): readonly string[] {
    return bodies.map((body) => {
      const id = `m${++this.#messages}`;
      const text = typeof body === "string" ? body : JSON.stringify(body);
      this.queue.set(id, { id, body: text, receives: 0, sentAt: this.now, visibleAt: this.now });
      return id;
    });
  }

  /** Ids of the messages that could be received now. */
  visible(): readonly string[] {
    return [...this.queue.values()].filter(({ visibleAt }) => visibleAt <= this.now).map(({ id }) => id);
  }

  /** Receives the messages and handles them in one invocation; what is done is gone from the queue. */
  async receive(ids: readonly string[] = this.visible()): Promise<readonly Disposition[]> {
    const messages = ids.flatMap((id) => this.queue.get(id) ?? []);
    for (const message of messages) message.receives++;
    const event = {
      Records: messages.map(({ id, body, receives, sentAt }) => ({
        messageId: id,
        receiptHandle: id,
        body,
        eventSourceARN: QUEUE,
        attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: String(sentAt) },
      })),
    };
    const { dispositions, failures } = await this.invoke(event);
    const failed = new Set(failures.map(({ id }) => id));
    for (const { id } of messages) if (!failed.has(id)) this.queue.delete(id);
    return dispositions;
  }

  async invoke(event: unknown) {
    this.tally = new DeliveryTally();
    const owner = `invocation-${++this.#invocations}`;
    const end = this.now + 120_000;
    const scrubber = new Scrubber();
    const log = scrubber.log(jsonLines((line) => this.lines.push(line)));
    const ports = {
      configured: this.configured,
      channelOf: this.vendor.channelOf,
      tools: async (configured: ConfiguredChannel, reread: boolean) => {
        if (reread) this.rereads.push(configured.id);
        this.beforeSecret(configured, reread);
        const secret = this.secrets.get(configured.id) ?? `secret-of-${configured.id}`;
        scrubber.add(secret);
        return {
          secret,
          settings: configured.settings,
          request: async () => ({ status: 200, headers: {}, body: "" }),
          publishToChatTopic: async () => undefined,
          importFindings: async () => [],
          account: "111122223333",
          region: "eu-west-1",
          partition: "aws",
          now: this.now,
        };
      },
      state: this.state,
      notBefore: this.notBefore,
      log,
      scrubber,
      tally: this.tally,
      labels: LABELS,
      remainingMs: () => this.remainingMs,
      lease: () => ({ owner, now: this.now, until: end }),
      random: this.random,
    };
    const dispositions = await processDeliveries(readDeliveries(event, LABELS, this.now), ports);
    const failures = await conclude(dispositions, {
      ...ports,
      deadLetters: {
        queues: { [QUEUE]: "https://dead" },
        maxReceives: this.maxReceives,
        send: async (_, body, reason) => {
          this.beforeDead();
          this.dead.push({ body, reason });
        },
      },
      hide: async (id, seconds) => {
        this.hidden.push({ id, seconds });
        const message = this.queue.get(id);
        if (message) message.visibleAt = this.now + seconds * 1000;
      },
    });
    return { dispositions, failures };
  }

  /** Moves the dead letters back: as new messages. */
  redrive(): readonly string[] {
    return this.put(...this.dead.splice(0).map(({ body }) => body));
  }

  poll() {
    return this.invoke({ trailwarden: "poll-channels" });
  }

  minutesLater(minutes: number): void {
    this.now += minutes * 60_000;
  }

  /** Messages of the log's lines, of that level or any. */
  said(level?: "WARN" | "INFO"): readonly string[] {
    return this.lines
      .map((line) => JSON.parse(line) as { readonly level: string; readonly message: string })
      .filter((line) => level === undefined || line.level === level)
      .map(({ message }) => message);
  }
}
