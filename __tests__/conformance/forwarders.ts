import { NAMES } from "../../config/custom-detections/fixture-names";
import { catalogue } from "../../detection/catalogue/catalogue";
import { hasRule } from "../../detection/definition/detection";
import { compileForwarders } from "../../detection/forwarding/compile-forwarders";
import { compilePattern } from "../../detection/pattern/compile";
import { matches } from "../../detection/pattern/match";
import { resolve } from "../../detection/pattern/resolve";
import { Random } from "../../tools/random";
import { EventMaker } from "../detection/forwarding/event-maker";
import { fixtureEvents } from "./detections";
import type { Question, Ruling } from "./referee";

/**
 * Holds every home rule and every forwarder of the shipped detections against the detections' fixtures and against events made
 * for them.
 *
 * @param made how many of the latter
 * @returns a line for each event that event-ruler would not bring home though a home rule matches it, for each that would come
 *   twice to a rule that alerts directly, and for each that the engine judges differently
 */
export async function judgeForwarders(
  judge: (questions: readonly Question[]) => Promise<readonly Ruling[]>,
  made = 1_000,
): Promise<{ readonly events: number; readonly disagreements: readonly string[] }> {
  const detections = catalogue.filter(hasRule);
  const patterns = detections.map(({ pattern }) => resolve(pattern, NAMES));
  const maker = new EventMaker(patterns);
  const random = new Random(1);
  const events = [...fixtureEvents().map(({ event }) => event), ...random.times(made, () => maker.make(random))];
  const written = events.map((event) => JSON.stringify(event));
  const forwarders = compileForwarders(catalogue).map(({ pattern }) => pattern);
  const questions = [...patterns, ...forwarders].map((pattern) => ({
    pattern: JSON.stringify(pattern),
    events: written,
  }));
  const rulings = await judge(questions);
  const refused = rulings.flatMap((ruling) =>
    "refused" in ruling ? [`event-ruler refuses a pattern: ${ruling.refused}`] : [],
  );
  if (refused.length > 0) return { events: events.length, disagreements: refused };
  const says = (question: number, event: number) => {
    const ruling = rulings[question];
    return ruling && "matches" in ruling ? ruling.matches[event] === true : false;
  };
  const engines = forwarders.map((pattern) => compilePattern(pattern));
  const disagreements = events.flatMap((event, number) => {
    const home = detections.filter((_, index) => says(index, number));
    const brought = forwarders.map((_, index) => says(detections.length + index, number));
    const times = brought.filter(Boolean).length;
    const differs = engines.some((engine, index) => matches(engine, event) !== brought[index]);
    return [
      ...(home.length > 0 && times === 0 ? [`${home[0]?.id} is not forwarded: ${written[number]}`] : []),
      ...(home.some(({ route }) => route === "topic") && times !== 1
        ? [`forwarded ${times} times: ${written[number]}`]
        : []),
      ...(differs ? [`a forwarder is judged differently: ${written[number]}`] : []),
    ];
  });
  return { events: events.length, disagreements };
}
