import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NAMES } from "../../config/custom-detections/fixture-names";
import { catalogue } from "../../detection/catalogue/catalogue";
import { parseRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import { resolve } from "../../detection/pattern/resolve";
import type { Question, Ruling } from "./referee";

const FIXTURES = join(__dirname, "..", "fixtures", "detections");

interface Fixture {
  readonly cases: readonly { readonly name: string; readonly record: unknown }[];
}

/** The events that the detections are tested with. */
export function fixtureEvents() {
  return catalogue.flatMap(({ id }) => {
    const { cases } = JSON.parse(readFileSync(join(FIXTURES, `${id}.json`), "utf8")) as Fixture;
    return cases.map(({ name, record }) => ({ name: `${id}: ${name}`, event: wrapRecord(parseRecord(record)) }));
  });
}

/**
 * Holds every detection's pattern against every detection's fixtures, with both matchers.
 *
 * @returns a line for each pair that they judge differently, and how many there were
 */
export async function judgeDetections(
  judge: (questions: readonly Question[]) => Promise<readonly Ruling[]>,
): Promise<{ readonly pairs: number; readonly disagreements: readonly string[] }> {
  const fixtures = fixtureEvents();
  const events = fixtures.map(({ event }) => JSON.stringify(event));
  const disagreements: string[] = [];
  for (const detection of catalogue) {
    const pattern = resolve(detection.pattern, NAMES);
    const [ruling] = await judge([{ pattern: JSON.stringify(pattern), events }]);
    if (!ruling || "refused" in ruling) {
      disagreements.push(`${detection.id}: event-ruler refuses its pattern: ${ruling?.refused}`);
      continue;
    }
    const compiled = compilePattern(pattern);
    for (const [number, { name, event }] of fixtures.entries()) {
      const [ruler, engine] = [ruling.matches[number], matches(compiled, event)];
      if (ruler === engine) continue;
      disagreements.push(`${detection.id} on the fixture "${name}": event-ruler says ${ruler}, the engine ${engine}`);
    }
  }
  return { pairs: catalogue.length * fixtures.length, disagreements };
}
