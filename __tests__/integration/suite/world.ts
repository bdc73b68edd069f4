import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { EventBus } from "../../../cli/demo/event-bus";
import type { SynthesizedStack } from "../../../cli/demo/synthesized-stack";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { isObject, type JsonObject, objectAt } from "../../../detection/events/json";
import { recordOf } from "../../simulation/record";
import type { Actor, Template } from "../../simulation/templates";
import { Clock } from "../clock/clock";
import { createEstate, type Estate } from "../estate/estate";
import { Worker } from "../functions";
import { Gateway } from "../gateway/gateway";
import { type Mail, readMail } from "../mailbox";
import { type Clients, clientsFor } from "../moto/clients";
import { Moto } from "../moto/moto";
import { type Polled, pollQueue } from "./poll";

const DAY_MS = 24 * 3_600_000;
/** 10:00 on a day; each check has a day of its own. */
const START = Date.UTC(2026, 10, 20, 10, 0, 0);
const WORKERS = 3;
const PATIENT_TIMERS = join(__dirname, "..", "clock", "patient-timers.js");

/** What a person got. */
export interface Letter {
  /** `alerts` or `urgent`. */
  readonly topic: string;
  /** `email` for who takes everything, `sms` for who takes critical things alone. */
  readonly protocol: string;
  readonly attributes: Mail["attributes"];
  /** The message as queues and web hooks get it; a text where EventBridge wrote it. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The deployed system on this machine: moto, processes of the function, and what drives them. */
export class World {
  #records = 0;
  #files = 0;

  private constructor(
    readonly stack: SynthesizedStack,
    readonly estate: Estate,
    readonly clients: Clients,
    readonly clock: Clock,
    readonly workers: readonly Worker[],
    readonly gateway: Gateway,
    private readonly moto: Moto,
  ) {}

  /**
   * @param given the stack, or what synthesizes it once moto is there
   * @param python an interpreter that has moto
   */
  static async start(
    given: SynthesizedStack | ((endpoint: string) => Promise<SynthesizedStack>),
    python: string,
  ): Promise<World> {
    const moto = await Moto.start(python);
    const clock = new Clock(START);
    const gateway = new Gateway(moto.endpoint, clock);
    const workers: Worker[] = [];
    let clients: Clients | undefined;
    try {
      const stack = typeof given === "function" ? await given(moto.endpoint) : given;
      clients = clientsFor(moto.endpoint, stack.region);
      const estate = await createEstate(stack, clients);
      // The SDK asks there in place of the one address that the service has.
      const environment = { AWS_ENDPOINT_URL_ORGANIZATIONS: moto.endpoint };
      const props = { stack, estate, gateway, clock, environment, preload: [PATIENT_TIMERS] };
      for (let number = 0; number < WORKERS; number++) workers.push(await Worker.start(`process ${number}`, props));
      return new World(stack, estate, clients, clock, workers, gateway, moto);
    } catch (error) {
      for (const worker of workers) worker.stop();
      await gateway.stop();
      clients?.close();
      await moto.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) worker.stop();
    await this.gateway.stop();
    this.clients.close();
    await this.moto.stop();
  }

  /** What moto could not answer: nothing can be said of the function then. */
  get breakdowns(): readonly string[] {
    return this.gateway.breakdowns;
  }

  /** Closes what is open, throws away what was told, and goes on to 10:00 of the next day. */
  async newDay(): Promise<void> {
    await this.clock.advance(3 * 3_600_000);
    await this.schedule("close-windows");
    await this.poll();
    await this.letters();
    const day = Math.floor(this.clock.now() / DAY_MS) + 1;
    await this.clock.set(day * DAY_MS + (START % DAY_MS));
  }

  /** @param minutes after 10:00 of this day */
  time(minutes: number): number {
    return Math.floor(this.clock.now() / DAY_MS) * DAY_MS + (START % DAY_MS) + minutes * 60_000;
  }

  record(template: Template, actor: Actor, minutes = 1, region = this.stack.region): Readonly<Record<string, unknown>> {
    const mark = `integration/${this.#records++}`;
    return recordOf(template, actor, { time: this.time(minutes), region, eventID: randomUUID(), mark });
  }

  /** Writes a log file. @returns its key */
  async logFile(content: readonly unknown[] | Uint8Array): Promise<string> {
    const key = `AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/file-${this.#files++}.json.gz`;
    await this.rewrite(key, content);
    return key;
  }

  async rewrite(key: string, content: readonly unknown[] | Uint8Array): Promise<void> {
    const Body = content instanceof Uint8Array ? content : gzipSync(JSON.stringify({ Records: content }));
    await this.clients.s3.send(new PutObjectCommand({ Bucket: this.estate.bucket, Key: key, Body }));
  }

  /** CloudTrail's notice of log files, to the deliveries topic. */
  async announce(...keys: readonly string[]): Promise<void> {
    await this.clients.sns.send(
      new PublishCommand({
        TopicArn: this.estate.deliveriesTopicArn,
        Message: JSON.stringify({ s3Bucket: this.estate.bucket, s3ObjectKey: keys }),
      }),
    );
  }

  /** A log file with these records, and its notice. */
  async deliver(...records: readonly unknown[]): Promise<void> {
    await this.announce(await this.logFile(records));
  }

  /** EventBridge sees the call, and its rules pass on what they match. @returns how many messages that made */
  async happen(record: unknown): Promise<number> {
    const event = wrapRecord(parseRecord(record));
    const bus = new EventBus(this.stack.rules, [this.stack.region]);
    const deliveries = bus.carries(event) ? bus.put(event) : [];
    for (const { targetArn, body } of deliveries) await this.hand(targetArn, body);
    return deliveries.length;
  }

  /** A rule hands its target something: the events queue, or a topic. */
  async hand(targetArn: string, body: string): Promise<void> {
    if (targetArn === this.stack.eventsQueueArn) await this.sendTo(this.estate.events.queueUrl, body);
    else await this.clients.sns.send(new PublishCommand({ TopicArn: targetArn, Message: body }));
  }

  /** A schedule is due. */
  async schedule(name: "close-windows" | "send-digest"): Promise<void> {
    const schedule = this.estate.schedules.find(({ input }) => input.includes(name));
    if (!schedule || schedule.queueArn !== this.estate.events.queueArn) {
      throw new Error(`no schedule sends ${name} to the events queue`);
    }
    await this.sendTo(this.estate.events.queueUrl, schedule.input);
  }

  async sendTo(queueUrl: string, body: string): Promise<void> {
    await this.clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  }

  /** Lambda takes what is in the queues, with as many processes as told, until nothing is left. */
  async poll(workers = WORKERS): Promise<Polled> {
    const polled: Polled[] = [];
    for (const source of [this.estate.events, this.estate.deliveries]) {
      polled.push(await pollQueue(source, this.workers.slice(0, workers), this.clients.sqs, this.clock));
    }
    return {
      log: polled.flatMap(({ log }) => log),
      failures: polled.reduce((sum, { failures }) => sum + failures, 0),
      invocations: polled.reduce((sum, { invocations }) => sum + invocations, 0),
    };
  }

  /** What people have got since the last call. */
  async letters(): Promise<readonly Letter[]> {
    const letters: Letter[] = [];
    for (const { protocol, topicArn, queueUrl } of this.estate.people) {
      const topic = topicArn === this.estate.urgentTopicArn ? "urgent" : "alerts";
      for (const { text, attributes } of await readMail(this.clients.sqs, queueUrl)) {
        letters.push({ topic, protocol, attributes, text, message: objectIn(text) });
      }
    }
    return letters;
  }

  /** The same, of who takes everything from the alerts topic: the messages' own fields, and those of an alert's parts by short names. */
  async told(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const letters = await this.letters();
    return letters
      .filter(({ topic, protocol }) => topic === "alerts" && protocol === "email")
      .map(({ message }) => withShortNames(message));
  }
}

function withShortNames(message: JsonObject): JsonObject {
  const [only, ...others] = Array.isArray(message.actors) ? message.actors : [];
  const actor = isObject(message.actor)
    ? message.actor.description
    : others.length === 0 && isObject(only)
      ? only.actor
      : undefined;
  const { id: detection } = objectAt(message, "detection");
  const { id: eventID } = objectAt(message, "event");
  return { ...message, actor, detection, eventID, outcomeKind: message.outcome };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  return text.startsWith("{") ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {};
}
