import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Arguments } from "../../cli/command/arguments";
import { runAsProgram } from "../../cli/command/run-command";
import type { Usage } from "../../cli/command/usage";
import { UserError } from "../../config/user-error";
import { catalogue } from "../../detection/catalogue/catalogue";
import { PACKS, type Pack, switchedOn } from "../../detection/definition/switched-on";
import { parseRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { isObject } from "../../detection/events/json";
import { compileForwarders } from "../../detection/forwarding/compile-forwarders";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import { compilePatterns } from "../../detection/pattern/compile";
import { matching } from "../../detection/pattern/match";
import { logRecords } from "./logs/records";

/** What a million events from another region's bus cost, in USD. Source: https://aws.amazon.com/eventbridge/pricing/ */
const PER_MILLION = 1;
/** Bytes that are billed as one event. */
const CHUNK = 64 * 1024;
const RECORDS = 20_000;

const USAGE = {
  command: "npm run bench:forwarding --",
  summary: "Counts forwarders, and what share of CloudTrail's records they forward, in made logs or in your own.",
  operands: ["[FILE...]"],
  options: {},
  exitCodes: "0; 1 when a file can't be read; 2 when an argument is wrong.",
  example: "npm run bench:forwarding -- logs/",
} as const satisfies Usage;

/** A log's records by how often they are forwarded. */
export interface Shares {
  readonly records: number;
  readonly forwarded: number;
  readonly twice: number;
  /** What EventBridge bills for, and would if everything were forwarded. */
  readonly chunks: number;
  readonly allChunks: number;
}

/** As if all happened in one region that has every forwarder. */
export function sharesOf(forwarders: readonly Forwarder[], records: Iterable<unknown>): Shares {
  const patterns = compilePatterns(forwarders.map(({ pattern }) => pattern));
  const shares = { records: 0, forwarded: 0, twice: 0, chunks: 0, allChunks: 0 };
  for (const record of records) {
    const event = wrapRecord(parseRecord(record));
    const times = matching(patterns, event).filter((index) => gets(forwarders[index], event.detail.readOnly)).length;
    const chunks = Math.ceil(Buffer.byteLength(JSON.stringify(event)) / CHUNK);
    shares.records++;
    shares.forwarded += times > 0 ? 1 : 0;
    shares.twice += times > 1 ? 1 : 0;
    shares.chunks += times * chunks;
    shares.allChunks += chunks;
  }
  return shares;
}

function gets(forwarder: Forwarder | undefined, readOnly: unknown): boolean {
  return forwarder?.state !== "ENABLED" || readOnly !== true;
}

export function shareTable(shares: Readonly<Record<string, Shares>>): string {
  const dollars = (chunks: number, records: number) => ((chunks / records) * PER_MILLION).toFixed(3);
  return [
    "| log | records | forwarded | share | twice | USD per million records | if all were forwarded |",
    "|---|--:|--:|--:|--:|--:|--:|",
    ...Object.entries(shares).map(([log, { records, forwarded, twice, chunks, allChunks }]) => {
      const share = `${((forwarded / records) * 100).toFixed(2)} %`;
      return `| ${log} | ${records} | ${forwarded} | ${share} | ${twice} | ${dollars(chunks, records)} | ${dollars(allChunks, records)} |`;
    }),
  ].join("\n");
}

function forwardersOf(pack: Pack): readonly Forwarder[] {
  return compileForwarders(switchedOn(catalogue, { packs: [pack], disabledDetections: [] }));
}

function forwarderTable(): string {
  const rows = PACKS.map((pack) => {
    const forwarders = forwardersOf(pack);
    const lengths = forwarders.map(({ pattern }) => JSON.stringify(pattern).length);
    const everywhere = forwarders.filter(({ where }) => where === "everywhere").length;
    return `| ${pack} | ${everywhere} | ${forwarders.length - everywhere} | ${lengths.join(", ")} |`;
  });
  return ["| pack | forwarders everywhere | in the global region | characters |", "|---|--:|--:|---|", ...rows].join(
    "\n",
  );
}

function* recordsIn(path: string): Generator<unknown> {
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: "utf8" })
        .sort()
        .map((name) => join(path, name))
    : [path];
  for (const file of files.filter((name) => /\.json(\.gz)?$/.test(name))) {
    const bytes = readFileSync(file);
    const log: unknown = JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString());
    if (isObject(log) && Array.isArray(log.Records)) yield* log.Records;
  }
}

async function main({ operands: files }: Arguments<never>): Promise<number> {
  const forwarders = forwardersOf("default");
  const made = (matching: number) => sharesOf(forwarders, logRecords({ seed: 1, records: RECORDS, matching }));
  const shares: Record<string, Shares> = { "made, no matches": made(0), "made, 2 % matches": made(0.02) };
  for (const file of files) {
    try {
      shares[file] = sharesOf(forwarders, recordsIn(file));
    } catch (error) {
      throw new UserError(`${file}: ${(error as Error).message}`);
    }
  }
  console.log(`${forwarderTable()}\n\nPack default:\n\n${shareTable(shares)}`);
  return 0;
}

if (require.main === module) runAsProgram(USAGE, main);
