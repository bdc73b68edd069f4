import { gzipSync } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { SynthesizedStack } from "../../cli/demo/synthesized-stack";
import type { Detection } from "../../detection/definition/detection";
import { Random } from "../../tools/random";
import { Clock } from "../integration/clock/clock";
import { createEstate, type Estate } from "../integration/estate/estate";
import type { Keys } from "../integration/estate/keys";
import { seededFaults } from "../integration/gateway/faults";
import { Gateway } from "../integration/gateway/gateway";
import type { Publishes, Unlearned } from "../integration/gateway/publishes";
import { readMail } from "../integration/mailbox";
import { type Clients, clientsFor } from "../integration/moto/clients";
import { Moto } from "../integration/moto/moto";
import { catalogueOf } from "../integration/stack";
import { EventMaker } from "./events";
import { expectedOf } from "./model";
import { type Ran, Runner } from "./runner";
import { readTold } from "./told";
import { type LogFile, trafficOf } from "./traffic";
import { judge, type Verdict } from "./verdict";
import { WorkerPool } from "./worker-pool";

/** Processes that take messages at the same time. */
const PROCESSES = 3;
const START = Date.UTC(2026, 10, 20, 2, 0, 0);
const ENVIRONMENT = {
  // Chaos itself must not use a message's tries up.
  MAX_RECEIVES: "1000",
};

export interface ChaosRun {
  readonly seed: number;
  readonly ran: Ran;
  readonly verdict: Verdict;
  readonly unlearned: Unlearned;
  readonly faults: ReadonlyMap<string, number>;
  readonly requests: number;
  /** Why the run counts as failed, a line each. */
  readonly failures: readonly string[];
  /** What was told twice beyond what this run's lost answers explain, a line each; judged over all runs together. */
  readonly unexplained: readonly string[];
}

/** moto, the gateway before it, and processes of the function: what run after run is made with. */
export class Chaos {
  /** moto forgets them between runs, and doesn't miss them. */
  readonly #keys: Keys = new Map();

  private constructor(
    private readonly stack: SynthesizedStack,
    private readonly catalogue: readonly Detection[],
    private readonly moto: Moto,
    private readonly clients: Clients,
    private readonly gateway: Gateway,
    private readonly clock: Clock,
    private readonly pool: WorkerPool,
  ) {}

  /** @param python an interpreter that has moto */
  static async start(stack: SynthesizedStack, python: string): Promise<Chaos> {
    const moto = await Moto.start(python);
    const clients = clientsFor(moto.endpoint, stack.region);
    let pool: WorkerPool | undefined;
    const clock = new Clock(START);
    const gateway = new Gateway(moto.endpoint, clock, (door) => pool?.kill(door));
    try {
      const estate = await createEstate(stack, clients);
      const catalogue = catalogueOf(stack.functionZipPath);
      pool = await WorkerPool.start(PROCESSES, { stack, estate, gateway, clock, environment: ENVIRONMENT });
      return new Chaos(stack, catalogue, moto, clients, gateway, clock, pool);
    } catch (error) {
      await gateway.stop();
      clients.close();
      await moto.stop();
      throw error;
    }
  }

  async run(seed: number, count: number): Promise<ChaosRun> {
    const { clock, gateway, stack } = this;
    const random = new Random(seed);
    await clock.idle();
    await this.moto.reset();
    const estate = await createEstate(stack, this.clients, this.#keys);
    await clock.set(START);
    const events = new EventMaker(random, START).make(count);
    const traffic = trafficOf(events, random, stack, estate.bucket);
    for (const file of traffic.files) await this.#put(estate, file);
    gateway.begin(seededFaults(seed));
    const runner = new Runner({
      sources: { events: estate.events, deliveries: estate.deliveries },
      gateway,
      pool: this.pool,
      clock,
      random,
      ...schedulesOf(estate),
    });
    const ran = await runner.run(traffic.arrivals);
    await clock.idle();
    const mailbox = estate.people.find(
      ({ topicArn, protocol }) => topicArn === estate.alertsTopicArn && protocol === "email",
    );
    if (!mailbox) throw new Error("nobody is subscribed to the alerts topic by email");
    const told = (await readMail(this.clients.sqs, mailbox.queueUrl)).map(({ text }) => readTold(text));
    const verdict = judge(expectedOf(events, this.catalogue), told);
    const { unlearned } = gateway.publishes;
    return {
      seed,
      ran,
      verdict,
      unlearned,
      faults: new Map(gateway.faults),
      requests: gateway.requests,
      failures: [...gateway.breakdowns.map((line) => `moto broke down: ${line}`), ...failuresOf(verdict, ran)],
      unexplained: unexplainedOf(verdict, ran, gateway.publishes),
    };
  }

  async stop(): Promise<void> {
    await this.pool.stop();
    await this.gateway.stop();
    this.clients.close();
    await this.moto.stop();
  }

  async #put({ bucket }: Estate, { key, events }: LogFile): Promise<void> {
    const Body = gzipSync(JSON.stringify({ Records: events.map(({ record }) => record) }), { level: 1 });
    await this.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body }));
  }
}

/** @throws Error unless the stack schedules both, through the events queue */
function schedulesOf({ schedules, events }: Estate): { readonly closeWindows: string; readonly sendDigest: string } {
  const inputOf = (name: string) => {
    const schedule = schedules.find(({ input, queueArn }) => input.includes(name) && queueArn === events.queueArn);
    if (!schedule) throw new Error(`no schedule sends ${name} to the events queue`);
    return schedule.input;
  };
  return { closeWindows: inputOf("close-windows"), sendDigest: inputOf("send-digest") };
}

function failuresOf({ lost, wrong }: Verdict, ran: Ran): readonly string[] {
  return [
    ...lost.map((line) => `lost: ${line}`),
    ...wrong.map((line) => `wrong: ${line}`),
    ...ran.unaccounted.map((line) => `unaccounted: ${line}`),
  ];
}

/** Nothing, unless more was told twice than is explained by what the function could not learn or write down. */
function unexplainedOf({ duplicates }: Verdict, ran: Ran, publishes: Publishes): readonly string[] {
  const { answersLost, killedBefore, unwritten } = publishes.unlearned;
  // Where a lead can't be published the next one leads, and the lead alerts when it comes again.
  const failed = ran.processingErrors.filter((line) => line.includes("alert can't be published")).length;
  const explained = answersLost + killedBefore + unwritten + failed;
  if (duplicates.length <= explained) return [];
  return [
    `${duplicates.length} duplicates, but only ${explained} publishes that failed, or whose outcome was not learned or could not be written down`,
    ...duplicates.map((line) => `duplicate: ${line}`),
    ...publishes.describe().map((line) => `publish: ${line}`),
    ...ran.processingErrors
      .filter((line) => !line.includes("record can't be processed"))
      .map((line) => `finding: ${line}`),
  ];
}
