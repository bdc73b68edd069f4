import { runChecks, type Section } from "../../../tools/harness/run-checks";
import { exitWith } from "../../../tools/harness/run-program";
import { pythonWithMoto } from "../moto/environment";
import { integrationStack } from "../stack";
import type { Check } from "./check";
import { DEAD_LETTERS } from "./dead-letters";
import { MOTO } from "./moto";
import { PATHS } from "./paths";
import { REPLAY } from "./replay";
import { WINDOWS } from "./windows";
import { World } from "./world";

const CHECKS: readonly Section<Check>[] = [
  ["moto", MOTO],
  ["Both paths", PATHS],
  ["Windows", WINDOWS],
  ["Dead letters", DEAD_LETTERS],
  ["Replay", REPLAY],
];

/** @param wanted texts, one of which a check's name must hold; none: all checks */
async function main(wanted: readonly string[]): Promise<number> {
  const python = pythonWithMoto();
  const world = await World.start(integrationStack(), python);
  try {
    return await runChecks(CHECKS, wanted, async ({ run }) => {
      await world.newDay();
      await run(world);
      if (world.breakdowns.length > 0) throw new Error(`moto broke down\n${world.breakdowns.join("\n")}`);
    });
  } finally {
    await world.stop();
  }
}

exitWith(main(process.argv.slice(2)));
