import { EventBus } from "../../cli/demo/event-bus";
import type { SynthesizedStack } from "../../cli/demo/synthesized-stack";
import { parseRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import type { Random } from "../../tools/random";
import type { ChaosEvent } from "./events";

/** A log file and the records in it. */
export interface LogFile {
  readonly key: string;
  readonly events: readonly ChaosEvent[];
}

/** A message that arrives on one of the queues. */
export interface Arrival {
  readonly queue: "events" | "deliveries";
  readonly body: string;
  /** When it arrives, milliseconds since 1970. */
  readonly at: number;
  /** Records that the function reads when it takes the message. */
  readonly records: number;
  /** Those of them that can't be judged. */
  readonly processingErrors: number;
}

export interface Traffic {
  readonly files: readonly LogFile[];
  readonly arrivals: readonly Arrival[];
}

const MINUTE = 60_000;

/**
 * Both paths of the same events: EventBridge picks what its rules match, misses some, and may be late; log files hold
 * everything, some of it twice, and are announced minutes later, some of them twice, some of them hours late.
 */
export function trafficOf(
  events: readonly ChaosEvent[],
  random: Random,
  stack: SynthesizedStack,
  bucket: string,
): Traffic {
  const bus = new EventBus(stack.rules, [stack.region]);
  const arrivals: Arrival[] = [];
  for (const event of events.filter(({ judgeable }) => judgeable)) {
    if (random.chance(0.15)) continue;
    const envelope = wrapRecord(parseRecord(event.record));
    if (!bus.carries(envelope)) continue;
    const at = event.time + (random.chance(0.05) ? random.below(30 * MINUTE) : random.between(1_000, MINUTE));
    for (const { targetArn, body } of bus.put(envelope)) {
      // What goes to the urgent topic itself the function follows.
      if (targetArn !== stack.eventsQueueArn) continue;
      arrivals.push({ queue: "events", body, at, records: 1, processingErrors: 0 });
    }
  }
  const files = logFilesOf(events, random);
  for (let next = 0; next < files.length; ) {
    const named = files.slice(next, next + (random.chance(0.2) ? 2 : 1));
    next += named.length;
    arrivals.push(...random.times(random.chance(0.1) ? 2 : 1, () => noticeOf(named, random, bucket)));
  }
  return { files, arrivals };
}

function logFilesOf(events: readonly ChaosEvent[], random: Random): readonly LogFile[] {
  const again = events.filter(() => random.chance(0.03));
  const waiting = random.shuffle([...events, ...again]);
  const files: LogFile[] = [];
  while (waiting.length > 0) {
    const number = String(files.length).padStart(3, "0");
    files.push({
      key: `AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/111122223333_CloudTrail_us-east-1_${number}.json.gz`,
      events: waiting.splice(0, random.between(3, 15)),
    });
  }
  return files;
}

function noticeOf(files: readonly LogFile[], random: Random, bucket: string): Arrival {
  const events = files.flatMap((file) => file.events);
  const written = Math.max(...events.map(({ time }) => time));
  return {
    queue: "deliveries",
    body: JSON.stringify({ s3Bucket: bucket, s3ObjectKey: files.map(({ key }) => key) }),
    at: written + (random.chance(0.1) ? random.below(180 * MINUTE) : random.between(3 * MINUTE, 15 * MINUTE)),
    records: events.length,
    processingErrors: events.filter(({ judgeable }) => !judgeable).length,
  };
}
