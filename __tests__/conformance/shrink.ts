import type { Pair } from "./compare";
import { simplerPairs } from "./reductions";

/** For each pair, in order: does it still show what is looked for? */
export type StillShows = (pairs: readonly Pair[]) => Promise<readonly boolean[]>;

const BATCH = 60;

/** Makes the pair simpler, step by step, as long as it shows what it showed; ends where no single step does. */
export async function shrink(pair: Pair, stillShows: StillShows): Promise<Pair> {
  let smallest = pair;
  for (;;) {
    const simpler = await firstThatShows(simplerPairs(smallest), stillShows);
    if (simpler === undefined) return smallest;
    smallest = simpler;
  }
}

async function firstThatShows(pairs: readonly Pair[], stillShows: StillShows): Promise<Pair | undefined> {
  for (let i = 0; i < pairs.length; i += BATCH) {
    const batch = pairs.slice(i, i + BATCH);
    const shows = await stillShows(batch);
    const first = batch.find((_, index) => shows[index]);
    if (first) return first;
  }
  return undefined;
}
