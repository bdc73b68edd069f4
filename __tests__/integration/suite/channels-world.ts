// Over 250 lines: one system, whose queue, processes and vendors move together.
import { join } from "node:path";
import { ScanCommand, type ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetFindingsCommand, type GetFindingsCommandOutput, SecurityHubClient } from "@aws-sdk/client-securityhub";
import { SubscribeCommand } from "@aws-sdk/client-sns";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { DEMO_ACCOUNT, type SynthesizedStack } from "../../../cli/demo/synthesized-stack";
import type { Notifier } from "../estate/estate";
import { Worker } from "../functions";
import type { Call } from "../gateway/request";
import { VendorServers } from "../vendors/vendor-servers";
import { newVendors, SECRETS } from "./channel-vendors";
import { World } from "./world";

const TO_THIS_MACHINE = join(__dirname, "..", "vendors", "to-this-machine.js");
/** As many as Lambda runs at once of the notifier. */
const NOTIFIERS = 2;
interface Hidden {
  readonly message: Message;
  readonly visibleAt: number;
}

/** A call of the notifier to AWS. */
export interface ObservedCall extends Call {
  readonly body: string;
}

/** The deployed system with channels: the world, the notifier's processes beside it, and the vendors. */
export class ChannelsWorld {
  vendors = newVendors();
  /** What the notifier has logged. */
  readonly log: string[] = [];
  /** What the alert function has logged. */
  readonly alertLog: string[] = [];
  /** Bodies of messages that the notifier has got. */
  readonly bodies = new Set<string>();
  readonly calls: ObservedCall[] = [];
  #started = 0;
  readonly #sentAt = new Map<string, number>();
  /** Seconds for which the notifier has hidden a message, by its receipt handle. */
  readonly #hiddenFor = new Map<string, number>();
  #chatQueueUrl = "";

  private constructor(
    readonly world: World,
    readonly notifier: Notifier,
    readonly servers: VendorServers,
    private readonly stack: SynthesizedStack,
    private readonly workers: Worker[],
    private readonly aws: {
      readonly secrets: SecretsManagerClient;
      readonly parameters: SSMClient;
      readonly hub: SecurityHubClient;
    },
  ) {}

  /** @param python an interpreter that has moto */
  static async start(stack: SynthesizedStack, python: string): Promise<ChannelsWorld> {
    const world = await World.start(stack, python);
    const { notifier } = world.estate;
    if (!notifier) throw new Error("the stack has no notifier");
    const { endpoint, region } = world.clients;
    const options = { endpoint, region, credentials: { accessKeyId: "harness", secretAccessKey: "harness" } };
    const aws = {
      secrets: new SecretsManagerClient(options),
      parameters: new SSMClient(options),
      hub: new SecurityHubClient(options),
    };
    const servers = VendorServers.create(python, world.clock, newVendors());
    const channels = new ChannelsWorld(world, notifier, servers, stack, [], aws);
    await channels.#start();
    return channels;
  }

  async #start(): Promise<void> {
    const { clients, gateway } = this.world;
    this.servers.vendors = this.vendors;
    gateway.observe = (door, call, body) => {
      if (!door.startsWith("notifier")) return;
      this.calls.push({ ...call, body });
      if (call.operation !== "ChangeMessageVisibility") return;
      const { ReceiptHandle, VisibilityTimeout } = JSON.parse(body) as Record<string, string>;
      this.#hiddenFor.set(String(ReceiptHandle), Number(VisibilityTimeout));
    };
    for (const [name, value] of Object.entries(SECRETS)) await this.#create(name, value);
    const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: "chat-client" }));
    this.#chatQueueUrl = QueueUrl;
    await clients.sns.send(
      new SubscribeCommand({
        TopicArn: this.notifier.chatTopicArn,
        Protocol: "sqs",
        Endpoint: `arn:aws:sqs:${clients.region}:${DEMO_ACCOUNT}:chat-client`,
        Attributes: { RawMessageDelivery: "true" },
      }),
    );
    for (let number = 0; number < NOTIFIERS; number++) this.workers.push(await this.#startWorker());
  }

  async #create(name: string, value: string): Promise<void> {
    const { secrets, parameters } = this.aws;
    if (name.startsWith("/")) {
      await parameters.send(new PutParameterCommand({ Name: name, Value: value, Type: "SecureString" }));
    } else await secrets.send(new CreateSecretCommand({ Name: name, SecretString: value }));
  }

  /** Rotates a secret of Secrets Manager. */
  async replaceSecret(name: string, value: string): Promise<void> {
    await this.aws.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
  }

  async #startWorker(): Promise<Worker> {
    const { clock, gateway, estate } = this.world;
    const door = `notifier ${this.#started++}`;
    let worker: Worker | undefined;
    const towardsVendors = await this.servers.open(door, () => worker?.kill());
    const endpoints = ["SSM", "SECRETS_MANAGER", "SECURITYHUB"].map((name) => [
      `AWS_ENDPOINT_URL_${name}`,
      estate.endpoint,
    ]);
    worker = await Worker.start(door, {
      ...{ stack: this.stack, estate, gateway, clock, deployed: this.notifier.deployed, preload: [TO_THIS_MACHINE] },
      environment: { ...towardsVendors, ...Object.fromEntries(endpoints) },
    });
    return worker;
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) worker.stop();
    this.servers.stop();
    for (const client of Object.values(this.aws)) client.destroy();
    await this.world.stop();
  }

  /** Delivers what is left, and goes on to 10:00 of a day on which nothing has happened, with vendors that know nothing. */
  async newDay(): Promise<void> {
    this.servers.begin(() => undefined);
    await this.world.newDay();
    await this.poll();
    await this.chat();
    this.vendors = newVendors();
    this.servers.vendors = this.vendors;
  }

  /** Records happen, and the alert function alerts. */
  async alert(...records: readonly unknown[]): Promise<void> {
    await this.world.deliver(...records);
    const { log } = await this.world.poll();
    this.alertLog.push(...log);
  }

  /** Records happen: the alert function alerts, and the notifier sends. */
  async deliver(...records: readonly unknown[]): Promise<void> {
    await this.alert(...records);
    await this.poll();
  }

  /** @returns what the notifier answers */
  async acknowledge(incident: string, by: string): Promise<Readonly<Record<string, unknown>>> {
    const [worker] = this.workers;
    const answer = await worker?.call({ trailwarden: "acknowledge", incident, by });
    return answer as Readonly<Record<string, unknown>>;
  }

  /** The clock is due to ask the channels. */
  async pollChannels(): Promise<void> {
    const { estate } = this.world;
    const schedule = estate.schedules.find(({ input }) => input.includes("poll-channels"));
    if (schedule?.queueArn !== this.notifier.source.queueArn) throw new Error("no schedule asks the channels");
    await this.world.sendTo(this.notifier.source.queueUrl, schedule.input);
    await this.poll();
  }

  /**
   * Lambda takes what is in the channel queue until nothing is left; what comes again does so when the notifier has asked for it.
   *
   * @param redelivered whether a message that was handled comes again all the same, as SQS may do
   */
  async poll(redelivered: (body: string) => boolean = () => false): Promise<void> {
    const { clock } = this.world;
    let hidden: Hidden[] = [];
    for (;;) {
      const work = this.workers.map(async (_, slot) => {
        for (;;) {
          // SQS hands messages out in any order.
          const batch = [...(await this.#receive())].reverse();
          if (batch.length === 0) return;
          hidden.push(...(await this.#invoke(slot, batch, redelivered)));
        }
      });
      await Promise.all(work);
      if (hidden.length === 0) return;
      const next = Math.min(...hidden.map(({ visibleAt }) => visibleAt));
      await clock.advance(Math.max(0, next - clock.now()));
      for (const { message, visibleAt } of hidden) if (visibleAt <= next) await this.#show(message);
      hidden = hidden.filter(({ visibleAt }) => visibleAt > next);
    }
  }

  /** All processes get the same batch at the same time, and it comes again as after any other. */
  async pollTwice(): Promise<void> {
    const batch = await this.#receive();
    const [first = [], ...others] = await Promise.all(
      this.workers.map((_, slot) => this.#invoke(slot, batch, () => false)),
    );
    // What one of them has handled is deleted.
    const hidden = first.filter(({ message }) => others.every((other) => other.some((one) => one.message === message)));
    await this.world.clock.advance(this.notifier.source.visibilityMs);
    for (const { message } of hidden) await this.#show(message);
    await this.poll();
  }

  async #show({ ReceiptHandle }: Message): Promise<void> {
    const { sqs } = this.world.clients;
    const QueueUrl = this.notifier.source.queueUrl;
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }

  async #receive(): Promise<readonly Message[]> {
    const { source } = this.notifier;
    const { Messages = [] } = await this.world.clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: source.queueUrl,
        MaxNumberOfMessages: source.batchSize,
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
        WaitTimeSeconds: 0,
      }),
    );
    return Messages;
  }

  /** @returns what comes again */
  async #invoke(
    slot: number,
    batch: readonly Message[],
    redelivered: (body: string) => boolean,
  ): Promise<readonly Hidden[]> {
    const { clock, clients } = this.world;
    const { source } = this.notifier;
    const worker = this.workers[slot] as Worker;
    const invocation = await worker.invoke(
      source.queueArn,
      batch.map(({ MessageId = "", Body = "", ReceiptHandle = "", Attributes }) => {
        this.bodies.add(Body);
        const sentAt = this.#sentAt.get(MessageId) ?? clock.now();
        this.#sentAt.set(MessageId, sentAt);
        const receives = Number(Attributes?.ApproximateReceiveCount ?? 1);
        return { id: MessageId, body: Body, receives, receiptHandle: ReceiptHandle, sentAt };
      }),
    );
    this.log.push(...invocation.log);
    if (invocation.kind === "threw") throw new Error(invocation.reason);
    if (invocation.kind === "died") {
      worker.stop();
      this.servers.close(worker.door);
      this.workers[slot] = await this.#startWorker();
      return batch.map((message) => ({ message, visibleAt: clock.now() + source.visibilityMs }));
    }
    const hidden: Hidden[] = [];
    for (const message of batch) {
      const { MessageId = "", ReceiptHandle = "", Body = "" } = message;
      const seconds = this.#hiddenFor.get(ReceiptHandle);
      if (invocation.failed.has(MessageId)) {
        hidden.push({
          message,
          visibleAt: clock.now() + (seconds === undefined ? source.visibilityMs : seconds * 1000),
        });
      } else if (redelivered(Body)) hidden.push({ message, visibleAt: clock.now() + source.visibilityMs });
      else await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: source.queueUrl, ReceiptHandle }));
    }
    return hidden;
  }

  /** Takes the dead letters out of their queue. */
  async deadLetters(): Promise<readonly { readonly body: string; readonly reason: string }[]> {
    const { sqs } = this.world.clients;
    const QueueUrl = this.notifier.source.deadLettersUrl;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }),
    );
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return Messages.map(({ Body = "", MessageAttributes }) => {
      this.bodies.add(Body);
      return { body: Body, reason: MessageAttributes?.reason?.StringValue ?? "" };
    });
  }

  /** A person moves a dead letter back into the queue. */
  async moveBack(body: string): Promise<void> {
    const { sqs } = this.world.clients;
    await sqs.send(new SendMessageCommand({ QueueUrl: this.notifier.source.queueUrl, MessageBody: body }));
    await this.poll();
  }

  /** What Amazon Q Developer has got since the last call. */
  async chat(): Promise<readonly string[]> {
    const { sqs } = this.world.clients;
    const got: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.#chatQueueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return got;
      for (const { Body = "", ReceiptHandle } of Messages) {
        got.push(Body);
        await sqs.send(new DeleteMessageCommand({ QueueUrl: this.#chatQueueUrl, ReceiptHandle }));
      }
    }
  }

  /** Ids of all findings that Security Hub has. */
  async findingIds(): Promise<readonly string[]> {
    const ids: string[] = [];
    let NextToken: string | undefined;
    do {
      const answer: GetFindingsCommandOutput = await this.aws.hub.send(new GetFindingsCommand({ NextToken }));
      ids.push(...(answer.Findings ?? []).map(({ Id = "" }) => Id));
      NextToken = answer.NextToken;
    } while (NextToken);
    return ids;
  }

  /** Everything that the table has, as text. */
  async table(): Promise<string> {
    const pages: string[] = [];
    let ExclusiveStartKey: ScanCommandOutput["LastEvaluatedKey"];
    do {
      const TableName = this.notifier.deployed.environment.SEEN_TABLE;
      const page: ScanCommandOutput = await this.world.clients.dynamodb.send(
        new ScanCommand({ TableName, ExclusiveStartKey }),
      );
      pages.push(JSON.stringify(page.Items));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return pages.join("\n");
  }
}
