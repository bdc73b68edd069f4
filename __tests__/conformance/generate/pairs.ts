import type { Random } from "../../../tools/random";
import type { Tree } from "../tree/tree";
import { eventFor } from "./events";
import { spoil } from "./mistakes";
import { anySketch, patternOf } from "./sketch";
import { respell } from "./strings";

/** A pattern with events made for it. */
export interface Round {
  readonly pattern: Tree;
  readonly events: readonly Tree[];
}

const EVENTS_PER_PATTERN = 4;

/** The next pattern, now and then with a mistake, and its events. */
export function nextRound(random: Random): Round {
  const sketch = anySketch(random);
  const pattern = patternOf(sketch);
  const mistaken = random.chance(0.4);
  const spoiled = mistaken ? spoil(random, pattern) : pattern;
  const events = random.times(mistaken ? 1 : EVENTS_PER_PATTERN, () =>
    eventFor(random, sketch, random.pick([0.4, 0.8, 1])),
  );
  return {
    pattern: respell(random, spoiled),
    events: events.map((event) => respell(random, event)),
  };
}
