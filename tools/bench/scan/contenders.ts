import { createGunzip, gunzipSync } from "node:zlib";
import type { Detection } from "../../../detection/definition/detection";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { recordFilter } from "../../../detection/log-files/scan/record-filter";
import { scanRecords } from "../../../detection/log-files/scan/scan-records";
import type { EnabledDetections } from "../../../detection/matching/enabled-detections";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import { enabled } from "../logs/enable";

/** What was found in log files; absent is what the contender does not look for. */
export interface Outcome {
  /** Not compressed. */
  readonly bytes?: number;
  readonly records?: number;
  /** Records that a detection matches. */
  readonly matching?: number;
  /** Pairs of detection and record. */
  readonly matches?: number;
}

/** A log file in memory, or one that is read bit by bit. */
export type Source = Uint8Array | AsyncIterable<Uint8Array>;

/** A way of reading a log file, compressed as CloudTrail delivers it. */
export type Contender = (file: Source) => Promise<Outcome>;

export type ContenderName = keyof typeof CONTENDERS;

/** A way of reading, with the detections that it looks for. */
export interface Entrant {
  readonly name: string;
  readonly contender: ContenderName;
  readonly detections: readonly Detection[];
}

/** The ways of doing nothing but decompressing. */
export const GUNZIPS = ["gunzipSync", "gunzip 64 KB", "gunzip 128 KB", "gunzip 256 KB"] as const;

export function isGunzip(name: string): boolean {
  return GUNZIPS.some((gunzip) => gunzip === name);
}

const KB = 1024;
/** Of `gunzipSync` before JSON.parse: faster than its own 16 KB, and no slower where files are small. */
const CHUNK = 128 * KB;
/** Nothing is refused for its size here. */
const NO_LIMIT = 2 ** 32;

/** Each by what it looks for; what none but one of them needs, such as the filter, is made for that one alone. */
const CONTENDERS = {
  gunzipSync: () => async (file) => ({ bytes: gunzipSync(inMemory(file)).length }),
  "gunzip 64 KB": () => (file) => gunzipStream(file, 64 * KB),
  "gunzip 128 KB": () => (file) => gunzipStream(file, 128 * KB),
  "gunzip 256 KB": () => (file) => gunzipStream(file, 256 * KB),
  parse: () => async (file) => ({ records: parsed(file).length }),
  "parse and match": (detections) => async (file) => {
    const records = parsed(file);
    const tally = new Tally(detections());
    for (const record of records) tally.add(record);
    return { records: records.length, ...tally.found };
  },
  ours: (detections) => ours(detections()),
} as const satisfies Readonly<Record<string, (detections: () => EnabledDetections) => Contender>>;

/** @throws when a detection can't be used */
export function contenderOf({ contender, detections }: Entrant): Contender {
  let compiled: EnabledDetections | undefined;
  return CONTENDERS[contender](() => {
    compiled ??= enabled(detections);
    return compiled;
  });
}

/** As the function and `replay` read: what the filter lets through is matched. */
function ours(detections: EnabledDetections): Contender {
  const filter = recordFilter(detections);
  return async (file) => {
    const tally = new Tally(detections);
    const { records } = await scanRecords(file, { form: "log-file", filter, maximumBytes: NO_LIMIT }, (record) =>
      tally.add(record),
    );
    return { records, ...tally.found };
  };
}

class Tally {
  #matching = 0;
  #matches = 0;

  constructor(private readonly detections: EnabledDetections) {}

  add(record: unknown): void {
    const matches = matchedDetections(this.detections, wrapRecord(parseRecord(record))).length;
    this.#matches += matches;
    if (matches > 0) this.#matching++;
  }

  get found(): { readonly matching: number; readonly matches: number } {
    return { matching: this.#matching, matches: this.#matches };
  }
}

function parsed(file: Source): readonly unknown[] {
  const text = gunzipSync(inMemory(file), { chunkSize: CHUNK }).toString("utf8");
  return (JSON.parse(text) as { readonly Records: readonly unknown[] }).Records;
}

function inMemory(file: Source): Uint8Array {
  if (file instanceof Uint8Array) return file;
  throw new Error("takes a file that is in memory");
}

async function gunzipStream(file: Source, chunkSize: number): Promise<Outcome> {
  const gunzip = createGunzip({ chunkSize });
  let bytes = 0;
  const done = new Promise((resolve, reject) => gunzip.on("end", resolve).on("error", reject));
  gunzip.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  if (file instanceof Uint8Array) gunzip.end(file);
  else {
    for await (const chunk of file) {
      if (!gunzip.write(chunk)) await new Promise((resolve) => gunzip.once("drain", resolve));
    }
    gunzip.end();
  }
  await done;
  return { bytes };
}
