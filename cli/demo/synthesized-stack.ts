import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command/command-error";
import { programError, startProgram } from "../command/start-program";
import type { Table } from "./local-dynamodb";

/** Account and region that stand in for what only AWS knows. */
export const DEMO_ACCOUNT = "111122223333";

export type Attributes = Readonly<Record<string, unknown>>;

export interface TerraformJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly provider: { readonly aws: readonly [{ readonly region: string }] };
}

export interface Rule {
  readonly name: string;
  readonly pattern: unknown;
  readonly state: string;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly arn: string;
  readonly transformer?: {
    readonly input_paths: Readonly<Record<string, string>>;
    readonly input_template: string;
  };
}

export interface Subscription {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Severities let through; absent without a filter. */
  readonly severities?: readonly string[];
}

/** What the demo needs to know of a stack, read from its Terraform JSON alone. */
export interface SynthesizedStack {
  readonly jsonPath: string;
  readonly region: string;
  /** The home region, and those that forwarders pass events on from. */
  readonly watchedRegions: readonly string[];
  /** Those of the home region, which alone hand events to the function. */
  readonly rules: readonly Rule[];
  readonly subscriptions: readonly Subscription[];
  readonly eventsQueueArn: string;
  readonly deliveriesQueueArn: string;
  readonly bucket: string;
  readonly seenTable: Table;
  /** What the Scheduler sends to the events queue, as JSON. */
  readonly schedules: readonly string[];
  readonly functionZipPath: string;
  readonly functionHandler: string;
  readonly functionEnvironment: Readonly<Record<string, string>>;
}

/**
 * Runs `main.ts` as `npm run synth` does, into a folder of its own.
 *
 * @throws CommandError with what the synth said, when it failed
 */
export function synthesize(
  outdir: string,
  environment: Readonly<Record<string, string | undefined>>,
): SynthesizedStack {
  try {
    mkdirSync(outdir, { recursive: true });
  } catch (error) {
    throw new CommandError(
      `${outdir} can't be made, where the stack is to be written: ${(error as Error).message}; start it in a folder that you may write to`,
    );
  }
  const ended = startProgram("main", outdir, environment);
  if (ended.error || ended.status !== 0) throw programError(ended, "the stack can't be synthesized");
  return readStack(join(outdir, "stacks", "trailwarden"));
}

function readStack(folder: string): SynthesizedStack {
  const jsonPath = join(folder, "cdk.tf.json");
  const { resource, provider } = JSON.parse(readFileSync(jsonPath, "utf8")) as TerraformJson;
  const region = provider.aws[0].region;
  const resolver = new Resolver(resource, region);
  const all = (type: string): readonly Attributes[] => Object.values(resource[type] ?? {});
  const one = (type: string, id: string): Attributes => {
    const found = Object.entries(resource[type] ?? {}).find(
      // Behind "Queue_" a hash is meant, not the name of a part of it, such as its dead letters.
      ([name]) => name.startsWith(id) && (!id.endsWith("_") || /^[0-9A-F]{8}$/.test(name.slice(id.length))),
    );
    if (!found) throw new CommandError(`${jsonPath} has no ${type} whose id begins with ${id}`);
    return found[1];
  };
  const fn = one("aws_lambda_function", "AlertFunction");
  const targets = all("aws_cloudwatch_event_target");
  const rules = Object.entries(resource.aws_cloudwatch_event_rule ?? {});
  return {
    jsonPath,
    region,
    watchedRegions: [...new Set([region, ...rules.map(([, rule]) => resolver.text(rule.region ?? region))])],
    rules: rules
      .filter(([, rule]) => (rule.region ?? region) === region)
      .map(([id, rule]) => ({
        name: resolver.text(rule.name),
        pattern: JSON.parse(resolver.text(rule.event_pattern)),
        state: resolver.text(rule.state),
        targets: targets
          .filter((target) => String(target.rule).includes(`.${id}.`))
          .map((target) => ({
            arn: resolver.text(target.arn),
            ...(target.input_transformer !== undefined && {
              transformer: target.input_transformer as NonNullable<RuleTarget["transformer"]>,
            }),
          })),
      })),
    subscriptions: all("aws_sns_topic_subscription").map((subscription) => ({
      topicArn: resolver.text(subscription.topic_arn),
      protocol: resolver.text(subscription.protocol),
      endpoint: resolver.text(subscription.endpoint),
      ...(subscription.filter_policy !== undefined && {
        severities: (JSON.parse(resolver.text(subscription.filter_policy)) as { severity: string[] }).severity,
      }),
    })),
    eventsQueueArn: resolver.arn("aws_sqs_queue", one("aws_sqs_queue", "EventsQueue_")),
    deliveriesQueueArn: resolver.arn("aws_sqs_queue", one("aws_sqs_queue", "DeliveriesQueue_")),
    bucket: resolver.text(one("aws_s3_bucket", "LogArchive").bucket),
    seenTable: one("aws_dynamodb_table", "SeenTable") as unknown as Table,
    schedules: all("aws_scheduler_schedule").map(({ target }) =>
      resolver.text((target as { readonly input: string }).input),
    ),
    functionZipPath: join(folder, resolver.text(fn.filename)),
    functionHandler: resolver.text(fn.handler),
    functionEnvironment: Object.fromEntries(
      Object.entries((fn.environment as { variables: Record<string, string> }).variables).map(([name, value]) => [
        name,
        resolver.text(value),
      ]),
    ),
  };
}

/** Puts made-up values where Terraform would put what AWS answers. */
export class Resolver {
  /** @param known values of references, such as `aws_sqs_queue.Events.url`, that something has answered */
  constructor(
    private readonly resources: TerraformJson["resource"],
    private readonly region: string,
    private readonly known: ReadonlyMap<string, string> = new Map(),
  ) {}

  text(value: unknown): string {
    return String(value)
      .replace(/(?<!\$)\$\{([^}]+)\}/g, (_, reference: string) => this.#reference(reference))
      .replaceAll("$${", "${")
      .replaceAll("%%{", "%{");
  }

  arn(type: string, attributes: Attributes): string {
    const name = this.text(attributes.name ?? attributes.bucket ?? attributes.function_name ?? "");
    const service = /^aws_(s3|sns|sqs|kms|lambda|cloudtrail)/.exec(type)?.[1] ?? type;
    return service === "s3" ? `arn:aws:s3:::${name}` : `arn:aws:${service}:${this.region}:${DEMO_ACCOUNT}:${name}`;
  }

  #reference(reference: string): string {
    const known = this.known.get(reference);
    if (known !== undefined) return known;
    const [type = "", id = "", attribute = ""] = reference.replace(/^data\./, "").split(".");
    if (type === "aws_caller_identity") return DEMO_ACCOUNT;
    if (type === "aws_partition") return "aws";
    const attributes = this.resources[type]?.[id] ?? {};
    if (type === "aws_sqs_queue" && attribute === "url") {
      return `https://sqs.${this.region}.amazonaws.com/${DEMO_ACCOUNT}/${this.text(attributes.name)}`;
    }
    // Made up of the id, so that no two keys have one.
    if (attribute === "key_id") return `${id.slice(-8).toLowerCase()}-0000-4000-8000-000000000000`;
    return attribute === "arn" ? this.arn(type, attributes) : this.text(attributes[attribute] ?? "");
  }
}
