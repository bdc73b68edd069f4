import type { Notification } from "../../alerting/notification/notification";
import type { Path } from "../../alerting/outcomes/match";
import { Tally } from "../../alerting/tally";
import type { Detection } from "../../detection/definition/detection";
import { counted, oneLine } from "../../detection/events/text";
import { CommandError } from "../command/command-error";
import type { SourceProblem } from "../log-sources/source-problem";
import { type DeliveredAlert, deliverFromRule, deliverPublished, notificationIn } from "./delivered-alert";
import { EventBus, type RuleDelivery } from "./event-bus";
import { eventsOf } from "./events-of";
import { compare, EXPECTED, expectationOf } from "./expected";
import type { FunctionProcess } from "./function-process";
import type { LocalAws, PublishedMessage } from "./local-aws";
import type { LogObject } from "./log-objects";
import type { Report } from "./report";
import { sums } from "./sums";
import type { SynthesizedStack } from "./synthesized-stack";

/** Characters. */
const FILE = 1_024;
const REASON = 300;

/** Messages that Lambda takes from a queue at once. */
const SQS_BATCH = 10;

/** By then every window and incident of the sample is over. */
const LATER_MS = 25 * 3_600_000;

/** One log file or event given to the function, and what came of it. */
interface QueuedMessage {
  readonly name: string;
  readonly body: string;
}

/** One run of the demo: what goes in at the top of both paths, what comes out at their ends, and whether that is right. */
export class Run {
  readonly #alerts: DeliveredAlert[] = [];
  readonly #closing: { readonly path: Path; readonly tally: Tally }[] = [];
  readonly #failed: string[] = [];
  readonly #notifications: Notification[] = [];

  constructor(
    private readonly stack: SynthesizedStack,
    private readonly aws: LocalAws,
    private readonly fn: FunctionProcess,
    private readonly report: Report,
    /** What is switched on. */
    private readonly detections: readonly Detection[],
  ) {}

  /** API call → default bus → rules → events queue → function, and → urgent topic. */
  async eventPath(objects: readonly LogObject[]): Promise<void> {
    const { report, stack } = this;
    report.heading(
      "2  Event path: seconds after the call",
      "   call → EventBridge rule → events queue → function → alerts topic; urgent ones straight to the urgent topic",
    );
    const bus = new EventBus(stack.rules, stack.watchedRegions);
    const events = (await eventsOf(objects)).filter((event) => bus.carries(event));
    const picked = events.flatMap((event) => bus.put(event));
    report.line(
      `   ${counted(events.length, "event")} on the bus, ${picked.length === 1 ? "1 delivery" : `${picked.length} deliveries`} by rules`,
    );
    for (const delivery of picked.filter(({ targetArn }) => targetArn !== stack.eventsQueueArn)) {
      this.#show(this.#fromRule(delivery));
    }
    const queued = picked.filter(({ targetArn }) => targetArn === stack.eventsQueueArn);
    await this.#deliver(
      stack.eventsQueueArn,
      "event",
      queued.map(({ rule, body }) => ({ name: rule, body })),
    );
  }

  /** CloudTrail → log file in S3 → deliveries topic → deliveries queue → function. */
  async logPath(objects: readonly LogObject[]): Promise<void> {
    const { report, stack } = this;
    report.heading(
      "3  Log path: minutes later, and complete",
      "   log file in S3 → CloudTrail's notification → deliveries queue → function → alerts topic",
    );
    for (const { key, bytes } of objects) this.aws.putObject(stack.bucket, key, bytes);
    const notices = objects.map(({ file, key }) => ({
      name: file,
      body: JSON.stringify({ s3Bucket: stack.bucket, s3ObjectKey: [key] }),
    }));
    await this.#deliver(stack.deliveriesQueueArn, "log", notices);
  }

  /**
   * What channels get: what the function has published so far, and what it publishes of further log files and when its schedules ask
   * it to close what is over.
   *
   * @throws CommandError when the function can't process these
   */
  async notifications(objects: readonly LogObject[]): Promise<readonly Notification[]> {
    const { aws, stack } = this;
    for (const { key, bytes } of objects) aws.putObject(stack.bucket, key, bytes);
    const take = async (queueArn: string, body: string) => {
      const failed = await this.#invoke(queueArn, [body]);
      this.#keep(aws.takeMessages());
      const log = this.fn.takeLog().filter((line) => !line.includes('"message":"invocation closed"'));
      if (failed.length > 0) {
        throw new CommandError("the function can't process what channels are to show", { detail: log.join("\n") });
      }
    };
    // One after the other, as log files come.
    for (const { key } of objects) {
      await take(stack.deliveriesQueueArn, JSON.stringify({ s3Bucket: stack.bucket, s3ObjectKey: [key] }));
    }
    this.fn.tell({ laterMs: LATER_MS });
    for (const schedule of stack.schedules) await take(stack.eventsQueueArn, schedule);
    return this.#notifications;
  }

  closing(): void {
    const { report } = this;
    report.heading("4  The function's closing log lines, added up", "   records read = evaluated + processing errors");
    for (const path of ["event", "log"] as const) {
      const tallies = this.#closing.filter((line) => line.path === path).map(({ tally }) => tally);
      report.line(`   ${path} path, ${counted(tallies.length, "invocation")}`);
      for (const group of Object.keys(new Tally()) as (keyof Tally)[]) {
        const counts = sums(
          Object.entries(new Tally()[group]),
          tallies.map((tally) => tally[group]),
        );
        report.line(`     ${group.padEnd(12)} ${counts.join(", ")}`);
      }
    }
  }

  checkSample(): number {
    const { report } = this;
    const { missing, unexpected } = compare(this.#alerts.map(expectationOf));
    report.heading(
      "6  Expected alerts",
      "   Each one once: the log path sends no duplicate of an alert of the event path.",
    );
    for (const line of EXPECTED) report.line(`   ${missing.includes(line) ? "✗ missing " : "✓"} ${line}`);
    for (const line of unexpected) report.line(`   ✗ unexpected: ${line}`);
    const good = missing.length === 0 && unexpected.length === 0 && this.#failed.length === 0;
    report.line();
    report.line(
      good
        ? `All ${EXPECTED.length} expected alerts, no others. For your own log files: npm run demo -- PATH…, or trailwarden demo PATH…`
        : `FAILED: ${missing.length} missing, ${unexpected.length} unexpected, ${counted(this.#failed.length, "message")} not processed`,
    );
    return good ? 0 : 1;
  }

  /** @param problems what could not be given to the function */
  checkFiles(problems: readonly SourceProblem[]): number {
    const { report } = this;
    report.heading("6  Alerts by detection and path");
    let quiet = 0;
    for (const { id, severity } of this.detections) {
      const count = (path: Path) =>
        this.#alerts.filter((alert) => alert.detection === id && alert.path === path).length;
      const [event, log] = [count("event"), count("log")];
      if (event + log === 0) quiet++;
      else {
        report.line(
          `   ${severity.toUpperCase().padEnd(8)} ${id.padEnd(28)} event path ${String(event).padStart(5)}   log path ${String(log).padStart(5)}`,
        );
      }
    }
    const others = quiet < this.detections.length ? "other " : "";
    if (quiet > 0) report.line(`   No alert from ${counted(quiet, `${others}detection`)}.`);
    for (const { file, reason } of problems) console.error(`error: ${oneLine(file, FILE)}: ${oneLine(reason, REASON)}`);
    for (const failed of this.#failed) console.error(`error: ${failed}`);
    return this.#failed.length + problems.length === 0 ? 0 : 1;
  }

  async #deliver(queueArn: string, path: Path, messages: readonly QueuedMessage[]): Promise<void> {
    for (let start = 0; start < messages.length; start += SQS_BATCH) {
      const batch = messages.slice(start, start + SQS_BATCH);
      this.#progress(path, start + batch.length, messages.length);
      const failed = await this.#invoke(
        queueArn,
        batch.map(({ body }) => body),
      );
      const published = this.aws.takeMessages();
      this.#keep(published);
      const delivered = published.map((message) => deliverPublished(message, path, this.stack.subscriptions));
      // They are published side by side, and arrive in any order.
      for (const alert of delivered.sort(byTime)) this.#show(alert);
      for (const line of this.fn.takeLog()) {
        if (line.includes('"message":"invocation closed"'))
          this.#closing.push({ path, tally: JSON.parse(line) as Tally });
        else this.report.line(`   processing error: ${line}`);
      }
      for (const { itemIdentifier } of failed) {
        this.#failed.push(
          `${batch[Number(itemIdentifier)]?.name}: returned to its queue; the processing error above says why`,
        );
      }
    }
  }

  async #invoke(queueArn: string, bodies: readonly string[]): Promise<readonly { readonly itemIdentifier: string }[]> {
    const answer = (await this.fn.invoke({
      Records: bodies.map((body, index) => ({
        messageId: String(index),
        eventSource: "aws:sqs",
        eventSourceARN: queueArn,
        body,
      })),
    })) as { batchItemFailures: readonly { itemIdentifier: string }[] };
    return answer.batchItemFailures;
  }

  /** Keeps what the channel queue gets: the JSON of whatever has one. */
  #keep(published: readonly PublishedMessage[]): void {
    this.#notifications.push(...published.flatMap((message) => notificationIn(message) ?? []));
  }

  #fromRule(delivery: RuleDelivery): DeliveredAlert {
    const detection = this.detections.find(
      ({ id, ruleName }) => delivery.rule === ruleName || delivery.rule.endsWith(`-${id}`),
    );
    if (!detection) throw new Error(`no detection belongs to rule ${delivery.rule}`);
    return deliverFromRule(delivery, detection, this.stack.subscriptions);
  }

  #show(alert: DeliveredAlert): void {
    this.#alerts.push(alert);
    this.report.alert(alert);
  }

  #progress(path: Path, done: number, all: number): void {
    if (process.stderr.isTTY && all > SQS_BATCH)
      process.stderr.write(`\r${path} path: ${done} of ${all}${done === all ? "\n" : ""}`);
  }
}

function byTime(a: DeliveredAlert, b: DeliveredAlert): number {
  const key = ({ summary, detection }: DeliveredAlert) => `${summary} ${detection}`;
  return key(a) < key(b) ? -1 : 1;
}
