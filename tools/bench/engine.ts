import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Jvm } from "../../__tests__/conformance/jvm";
import type { Arguments } from "../../cli/command/arguments";
import { runAsProgram } from "../../cli/command/run-command";
import { catalogue } from "../../detection/catalogue/catalogue";
import { parseRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { checkedBench } from "./bench-usage";
import { growth, measureColdCompile, measureSizes, SIZES } from "./engine-figures";
import { median } from "./figures";
import { varied } from "./patterns";
import { sampleRecords } from "./records";

const RULER_SECONDS = 3;
/** What the catalogue may grow to. */
const GROWN = 80;

function readRecords(file: string): readonly unknown[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return (JSON.parse(text) as { readonly Records: readonly unknown[] }).Records;
}

function row(what: string, value: string): void {
  console.log(`  ${what.padEnd(46)}${value}`);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

const USAGE = {
  ...checkedBench(
    "bench:engine",
    "Measures matching with 8, 80 and 800 detections, beside event-ruler (needs a JDK 17).",
  ),
  operands: ["[FILE...]"],
  about: ["FILE   log files of CloudTrail, whose records are matched [the sample]"],
};

async function main(given: Arguments<"check">): Promise<number> {
  const check = given.isGiven("check");
  const files = given.operands;
  const root = join(__dirname, "..", "..");
  const records = files.length > 0 ? files.flatMap(readRecords) : sampleRecords(root);
  const events = records.map((record) => wrapRecord(parseRecord(record)));
  const patterns = catalogue.map(({ pattern }) => pattern);

  console.log(`Node ${process.version}, ${whole(events.length)} parsed records, in turns; median of 7 rounds`);
  const sizes = measureSizes(patterns, events);
  for (const { detections, eventsPerSecond, matches } of sizes) {
    row(`${detections} detections`, `${whole(median(eventsPerSecond))} events/s, ${matches} matches`);
  }
  const cold = [patterns.length, GROWN].map((count) => {
    const starts = measureColdCompile(root, varied(patterns, count), events);
    const compileMs = median(starts.map((start) => start.compileMs));
    const judgedMs = median(starts.map((start) => start.judgedMs));
    row(`compiling ${count} patterns in a cold process`, `${compileMs.toFixed(1)} ms`);
    row("  and judging the first 20 events", `${judgedMs.toFixed(1)} ms`);
    return { figure: `cold compile of ${count}, ms`, value: compileMs, target: "under 10", met: compileMs < 10 };
  });

  const jvm = await Jvm.start({ forBench: true });
  const verdicts = [
    { figure: "cost of 800 / cost of 8", value: growth(sizes), target: "at most 2", met: growth(sizes) <= 2 },
    ...cold,
  ];
  try {
    for (const [index, size] of SIZES.entries()) {
      const ruler = await jvm.bench({
        patterns: varied(patterns.slice(0, 8), size).map((pattern) => JSON.stringify(pattern)),
        events: events.map((event) => JSON.stringify(event)),
        seconds: RULER_SECONDS,
      });
      const ours = sizes[index];
      if (ours?.matches !== ruler.matches) {
        throw new Error(`with ${size} detections event-ruler finds ${ruler.matches} matches, we ${ours?.matches}`);
      }
      row(`event-ruler, ${size} detections`, `${whole(ruler.eventsPerSecond)} events/s, ${ruler.matches} matches`);
      const value = median(ours.eventsPerSecond) / ruler.eventsPerSecond;
      verdicts.push({ figure: `ours / event-ruler, ${size} detections`, value, target: "over 1", met: value > 1 });
    }
  } finally {
    await jvm.close();
  }

  console.log("Targets");
  for (const { figure, value, target, met } of verdicts) {
    row(figure, `${value.toFixed(2)}, ${target}: ${met ? "met" : "missed"}`);
  }
  return check && verdicts.some(({ met }) => !met) ? 1 : 0;
}

runAsProgram(USAGE, main);
