import { join } from "node:path";
import { runAsProgram } from "../../cli/command/run-command";
import { formattedBench } from "./bench-usage";
import { type Figures, median, takeFigures } from "./figures";

const ROOT = join(__dirname, "..", "..");
const USAGE = formattedBench("bench:synth", "Measures what a synth and the function's bundle cost.");
/** Packages that are named; the rest is one line. */
const NAMED = 12;

function report({ node, stackMs, emptyAppMs, allRegionsMs, firstMs, bundle, verdicts }: Figures): string {
  const named = bundle.contents.slice(0, NAMED);
  const rest = bundle.functionBytes - named.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `Node ${node}, warm, in turns; median of ${stackMs.length} (least to most)`,
    line("synth of the whole stack", times(stackMs)),
    line("the same, bundling the function anew", times(firstMs)),
    line("the same with all default regions", times(allRegionsMs)),
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

runAsProgram(USAGE, (given) => {
  const format = given.oneOf("format", ["text", "json"]);
  const figures = takeFigures(ROOT);
  console.log(format === "json" ? JSON.stringify(figures, null, 2) : report(figures));
  return given.isGiven("check") && figures.verdicts.some(({ met }) => !met) ? 1 : 0;
});
