import { join } from "node:path";
import { parseArgs } from "node:util";
import { runWithOptions } from "../harness/run-program";
import { type Figures, median, takeFigures } from "./figures";

const ROOT = join(__dirname, "..", "..");
const USAGE = "usage: npm run bench:synth -- [--format text|json] [--check]";
/** Packages that are named; the rest is one line. */
const NAMED = 12;

interface Options {
  readonly format: string;
  /** Exit 1 when a target is missed. */
  readonly check: boolean;
}

/** @returns a message when the arguments are wrong */
function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { format: { type: "string", default: "text" }, check: { type: "boolean", default: false } },
    });
    if (values.format === "text" || values.format === "json") return values;
    return `--format ${values.format}: takes text or json`;
  } catch (error) {
    return (error as Error).message;
  }
}

function report({ node, stackMs, emptyAppMs, firstMs, bundle, verdicts }: Figures): string {
  const named = bundle.contents.slice(0, NAMED);
  const rest = bundle.functionBytes - named.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `Node ${node}, warm, in turns; median of ${stackMs.length} (least to most)`,
    line("synth of the whole stack", times(stackMs)),
    line("the same, bundling the function anew", times(firstMs)),
    line("synth of an empty CDKTF app", times(emptyAppMs)),
    "Bundle",
    line("function, catalogue not counted", bytes(bundle.functionBytes)),
    line("the SDK clients it uses, bundled alike", bytes(bundle.clientsBytes)),
    line("the same clients with esbuild's defaults", bytes(bundle.clientsAsPublishedBytes)),
    "In the function's bundle",
    ...named.map((share) => line(share.source, bytes(share.bytes))),
    line("everything else", bytes(rest)),
    "Targets",
    ...verdicts.map(({ figure, value, target, met }) =>
      line(figure, `${value.toFixed(2)}, ${target}: ${met ? "met" : "MISSED"}`),
    ),
  ].join("\n");
}

function line(what: string, value: string): string {
  return `  ${what.padEnd(46)}${value}`;
}

function times(ms: readonly number[]): string {
  return `${median(ms).toFixed(0)} ms (${Math.min(...ms).toFixed(0)} to ${Math.max(...ms).toFixed(0)})`;
}

function bytes(count: number): string {
  return `${count.toLocaleString("en-US")} bytes`;
}

async function main({ format, check }: Options): Promise<number> {
  const figures = takeFigures(ROOT);
  console.log(format === "json" ? JSON.stringify(figures, null, 2) : report(figures));
  return check && figures.verdicts.some(({ met }) => !met) ? 1 : 0;
}

runWithOptions(main, readOptions(process.argv.slice(2)), USAGE);
