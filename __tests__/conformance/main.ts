import { join } from "node:path";
import { runAsProgram } from "../../cli/command/run-command";
import { readCases, record, writeCases } from "./cases";
import { readComplexities, recordComplexities, writeComplexities } from "./complexities";
import { DELIBERATE } from "./deliberate";
import { judgeDetections } from "./detections";
import { ownEngine } from "./engine";
import { judgeForwarders } from "./forwarders";
import { Jvm } from "./jvm";
import { type Options, readOptions, USAGE } from "./options";
import { exitCode, report } from "./report";
import { run } from "./run";

const FIXTURES = join(__dirname, "..", "fixtures", "engine");
const CASES = join(FIXTURES, "conformance.jsonl");
const COMPLEXITIES = join(FIXTURES, "complexity.jsonl");

async function main(options: Options): Promise<number> {
  const jvm = await Jvm.start();
  try {
    const judges = { referee: jvm, engine: ownEngine, deliberate: DELIBERATE };
    const cases = readCases(CASES);
    const recorded = await record(cases, judges);
    const complexities = readComplexities(COMPLEXITIES);
    const evaluated = await recordComplexities(complexities, (patterns, cap) => jvm.complexity(patterns, cap));
    if (options.record) {
      writeCases(CASES, recorded);
      writeComplexities(COMPLEXITIES, evaluated);
      console.log(`${recorded.length} hand-written cases have event-ruler's answers`);
      return 0;
    }
    const outdated = recorded.filter((one, index) => JSON.stringify(one) !== JSON.stringify(cases[index]));
    for (const { name } of outdated) {
      console.error(`${name}: the recorded answer isn't event-ruler's: npm run conformance -- --record`);
    }
    const otherwise = evaluated.filter(({ complexity }, index) => complexity !== complexities[index]?.complexity);
    for (const { pattern, complexity } of otherwise) {
      console.error(`${pattern}: event-ruler's complexity is ${complexity}: npm run conformance -- --record`);
    }
    const shipped = await judgeDetections((questions) => jvm.judge(questions));
    console.error(`${shipped.pairs} pairs of a shipped detection and a fixture`);
    for (const line of shipped.disagreements) console.error(line);
    const forwarded = await judgeForwarders((patterns, events) => jvm.together(patterns, events), options.events);
    console.error(`${forwarded.events} events held against home rules and forwarders`);
    for (const line of forwarded.disagreements) console.error(line);
    // Before the run, so that one that is cut short can be repeated.
    console.error(`seed ${options.seed}`);
    const outcome = await run(judges, options.pairs, options.seed);
    console.log(options.format === "json" ? JSON.stringify(outcome, null, 2) : report(outcome, DELIBERATE));
    const differing = [outdated, otherwise, shipped.disagreements, forwarded.disagreements];
    return exitCode(outcome, differing.flat().length);
  } finally {
    await jvm.close();
  }
}

runAsProgram(USAGE, (given) => main(readOptions(given)));
