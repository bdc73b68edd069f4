import { oneLine } from "../../../detection/events/text";
import type { FoundSources } from "../../log-sources/find-sources";
import { nameOf } from "../../log-sources/log-source";
import type { ReplayResult } from "../result/replay-result";
import { evaluateSources } from "./evaluate-sources";
import { MatchStore } from "./match-store";
import { outcomeOf } from "./outcome";
import type { Progress } from "./progress";
import type { Plan } from "./setup";

/** Characters of a path. */
export const NAME = 1_024;

/**
 * Reads log files once and says what each setup of the plan would have alerted of them.
 *
 * @param workers threads, at the most
 * @returns of each setup, in their order
 */
export async function replayLogs(
  found: FoundSources,
  plan: Plan,
  progress: Pick<Progress, "advance">,
  workers?: number,
): Promise<readonly ReplayResult[]> {
  const { sources } = found;
  // A file's name may be anything.
  const matchStore = new MatchStore(
    plan,
    sources.map((source) => oneLine(nameOf(source), NAME)),
  );
  await evaluateSources(
    sources,
    plan,
    (batch) => {
      matchStore.add(batch);
      const records = batch.verdicts.reduce((sum, verdict) => sum + verdict.records, 0);
      progress.advance(batch.bytes, batch.verdicts.length, records);
    },
    workers,
  );
  const results: ReplayResult[] = [];
  for (const setup of plan.setups.keys()) results.push(await outcomeOf(plan, setup, matchStore, found));
  return results;
}
