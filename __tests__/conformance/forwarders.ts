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

/** Events that event-ruler gets at a time. */
const BATCH = 5_000;

/** @returns for each event the numbers of the patterns that match it */
type Judge = (patterns: readonly string[], events: readonly string[]) => Promise<readonly (readonly number[])[]>;

/**
 * Holds every home rule and every forwarder of the shipped detections against the detections' fixtures and against events made
 * for them.
 *
 * @param made how many of the latter
 * @returns a line for each event that event-ruler would not bring home though a home rule matches it, for each that would come
 *   twice to a rule that alerts directly, and for each that the engine judges differently
 */
export async function judgeForwarders(
  judge: Judge,
  made: number,
): Promise<{ readonly events: number; readonly disagreements: readonly string[] }> {
  const detections = catalogue.filter(hasRule);
  const home = detections.map(({ pattern }) => resolve(pattern, NAMES));
  const forwarders = compileForwarders(catalogue).map(({ pattern }) => pattern);
  const patterns = [...home, ...forwarders].map((pattern) => JSON.stringify(pattern));
  const engines = forwarders.map((pattern) => compilePattern(pattern));
  const maker = new EventMaker(home);
  const random = new Random(1);
  const disagreements: string[] = [];
  const hold = async (events: readonly unknown[]) => {
    const texts = events.map((event) => JSON.stringify(event));
    for (const [index, matched] of (await judge(patterns, texts)).entries()) {
      const atHome = detections.filter((_, number) => matched.includes(number));
      const brought = forwarders.map((_, number) => matched.includes(home.length + number));
      const times = brought.filter(Boolean).length;
      const [first] = atHome;
      if (first && times === 0) disagreements.push(`${first.id} is not forwarded: ${texts[index]}`);
      if (atHome.some(({ route }) => route === "topic") && times !== 1)
        disagreements.push(`forwarded ${times} times: ${texts[index]}`);
      if (engines.some((engine, number) => matches(engine, events[index]) !== brought[number]))
        disagreements.push(`a forwarder is judged differently: ${texts[index]}`);
    }
  };
  const fixtures = fixtureEvents().map(({ event }) => event);
  await hold(fixtures);
  for (let left = made; left > 0; left -= BATCH) {
    await hold(random.times(Math.min(left, BATCH), () => maker.make(random)));
  }
  return { events: fixtures.length + made, disagreements };
}
