import { PublishCommand } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import type { Policy } from "../../constructs/organization/evaluate-policy";
import { type Course, type DeployedBus, type DeployedRole, EventBuses } from "../buses/event-buses";
import { readBus, readQueuePolicies, readRoles } from "../buses/read-buses";
import { createBusPolicy, createForwarders, deployMember, memberStacks } from "../estate/forwarders";
import { createOrganization, type OrganizationAccounts } from "../estate/organization";
import { Terraform } from "../estate/terraform";
import { Account } from "../moto/account";
import { organizationStack } from "../stack";
import type { Polled } from "./poll";
import { World } from "./world";

/** Where a call is made. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** An account of no organization, which has deployed the members' template all the same. */
const STRANGER = "999900001111";

type Records = readonly Readonly<Record<string, unknown>>[];

interface Parts {
  readonly organization: OrganizationAccounts;
  /** The account of no organization: none of its events may get in. */
  readonly stranger: Account;
  readonly buses: EventBuses;
  /** Rules that the members' template makes in the central account. */
  readonly rulesOfOwnTemplate: number;
  /** Queues of events that forwarders could not deliver. */
  readonly deadLetters: readonly { readonly arn: string; readonly account: Account }[];
  /** What the function's role may do. */
  readonly functionPolicy: Policy;
}

/** The deployed system with an organization's accounts: the world, and EventBridge of each account and region. */
export class OrganizationWorld {
  #files = 0;
  /** ARNs of the log files that were written. */
  readonly written: string[] = [];
  /** What the function has asked AWS Organizations. */
  readonly asked = new Set<string>();
  /** Third buses that a rule would have passed an event to. */
  thirdBusHops = 0;

  constructor(
    readonly world: World,
    private readonly parts: Parts,
  ) {
    world.gateway.observe = (_, { service, operation }) => {
      if (service === "organizations") this.asked.add(operation);
    };
  }

  /** @param names of the member accounts */
  static async start(python: string, names: readonly string[]): Promise<OrganizationWorld> {
    let organization: OrganizationAccounts | undefined;
    const world = await World.start(async (endpoint) => {
      organization = await createOrganization(endpoint, names);
      return organizationStack(organization.id, organization.central.id, organization.root);
    }, python);
    try {
      if (!organization) throw new Error("there is no organization");
      return await deploy(world, organization);
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  get organization(): OrganizationAccounts {
    return this.parts.organization;
  }

  get stranger(): Account {
    return this.parts.stranger;
  }

  get rulesOfOwnTemplate(): number {
    return this.parts.rulesOfOwnTemplate;
  }

  get functionPolicy(): Policy {
    return this.parts.functionPolicy;
  }

  async stop(): Promise<void> {
    for (const account of [...this.accounts.values(), this.stranger]) account.close();
    await this.world.stop();
  }

  /** By name, as AWS Organizations has them: moto calls the first account of each organization so. */
  get accounts(): ReadonlyMap<string, Account> {
    return new Map([["master", this.organization.central], ...this.organization.members]);
  }

  /** CloudTrail hands the call to EventBridge, where it was made. */
  async happen(record: Readonly<Record<string, unknown>>): Promise<Course> {
    const course = this.parts.buses.happen(wrapRecord(parseRecord(record)));
    this.thirdBusHops += course.thirdBusHops;
    for (const { targetArn, body } of course.deliveries) await this.world.hand(targetArn, body);
    for (const { queueArn, body } of course.deadLetters) await this.#sendToDeadLetters(queueArn, body);
    return course;
  }

  /** CloudTrail writes a log file of the account and region, below the organization's folder. @returns its key */
  async logFile({ account, region }: Place, records: Records): Promise<string> {
    const time = new Date(this.world.clock.now()).toISOString();
    const folder = `AWSLogs/${this.organization.id}/${account}/CloudTrail/${region}/${time.slice(0, 10).replaceAll("-", "/")}`;
    const minute = time.slice(0, 16).replace(/[-:]/g, "");
    const key = `${folder}/${account}_CloudTrail_${region}_${minute}Z_file${this.#files++}.json.gz`;
    await this.world.rewrite(key, records);
    this.written.push(`arn:aws:s3:::${this.world.estate.bucket}/${key}`);
    return key;
  }

  /** CloudTrail's notices of log files. */
  async deliver(files: ReadonlyMap<Place, Records>): Promise<void> {
    for (const [place, records] of files) await this.world.announce(await this.logFile(place, records));
  }

  /** S3's notices of the same, as a bucket's owner may have them in place of CloudTrail's. */
  async deliverByS3(files: ReadonlyMap<Place, Records>): Promise<void> {
    const { clients, estate } = this.world;
    for (const [place, records] of files) {
      const key = encodeURIComponent(await this.logFile(place, records)).replaceAll("%2F", "/");
      const s3 = { bucket: { name: estate.bucket }, object: { key } };
      const Message = JSON.stringify({ Records: [{ eventSource: "aws:s3", eventName: "ObjectCreated:Put", s3 }] });
      await clients.sns.send(new PublishCommand({ TopicArn: estate.deliveriesTopicArn, Message }));
    }
  }

  poll(workers?: number): Promise<Polled> {
    return this.world.poll(workers);
  }

  /** Messages in dead letters of any kind, by queue; queues without any are left out. */
  async undelivered(): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {};
    const { clients, estate } = this.world;
    for (const QueueUrl of [estate.events.deadLettersUrl, estate.deliveries.deadLettersUrl]) {
      counts[QueueUrl] = await countIn(clients.sqs, QueueUrl);
    }
    for (const { arn, account } of this.parts.deadLetters) {
      const { sqs, QueueUrl } = await queueOf(arn, account);
      counts[arn] = await countIn(sqs, QueueUrl);
    }
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }

  async #sendToDeadLetters(queueArn: string, body: string): Promise<void> {
    const queue = this.parts.deadLetters.find(({ arn }) => arn === queueArn);
    if (!queue) throw new Error(`there is no queue ${queueArn}`);
    const { sqs, QueueUrl } = await queueOf(queueArn, queue.account);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  }
}

async function deploy(world: World, organization: OrganizationAccounts): Promise<OrganizationWorld> {
  const { stack, clients } = world;
  const terraform = Terraform.read(stack.jsonPath);
  const { central, members } = organization;
  const stranger = await Account.assumed(STRANGER, clients.endpoint);
  await createBusPolicy(terraform, central);
  const forwarded = await createForwarders(terraform, central);
  const stacks = memberStacks(terraform);
  let rulesOfOwnTemplate = 0;
  for (const region of stacks.regions) rulesOfOwnTemplate += await deployMember(stacks, central, region);
  const senders: [Account, readonly string[]][] = [
    [central, forwarded],
    ...[...members.values()].map((account): [Account, readonly string[]] => [account, stacks.regions]),
    [stranger, ["eu-west-1"]],
  ];
  const home = await readBus(central, stack.region);
  const buses: DeployedBus[] = [{ ...home, rules: stack.rules }];
  const roles = new Map<string, DeployedRole>();
  const queuePolicies = new Map<string, Policy>();
  const deadLetters: { readonly arn: string; readonly account: Account }[] = [];
  for (const [account, regions] of senders) {
    for (const region of regions) {
      if (account !== central) await deployMember(stacks, account, region);
      buses.push(await readBus(account, region));
      for (const [arn, policy] of await readQueuePolicies(account, region)) {
        queuePolicies.set(arn, policy);
        deadLetters.push({ arn, account });
      }
    }
    for (const [arn, role] of await readRoles(account)) roles.set(arn, role);
  }
  const ids = [central, ...members.values()].map(({ id }) => id);
  const organizationOf = (account: string) => (ids.includes(account) ? organization.id : undefined);
  const events = new EventBuses({ buses, roles, queuePolicies, organizationOf });
  const [, own] = terraform.all("aws_iam_role_policy").find(([id]) => id.startsWith("AlertFunction_")) ?? [];
  const functionPolicy = JSON.parse(terraform.text(own?.policy)) as Policy;
  return new OrganizationWorld(world, {
    organization,
    stranger,
    buses: events,
    rulesOfOwnTemplate,
    deadLetters,
    functionPolicy,
  });
}

async function queueOf(arn: string, account: Account) {
  const [, , , region = "", , QueueName] = arn.split(":");
  const sqs = account.sqs(region);
  const { QueueUrl = "" } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  return { sqs, QueueUrl };
}

async function countIn(sqs: World["clients"]["sqs"], QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}
