import { pythonWithMoto } from "../moto/environment";
import { integrationStack } from "../stack";
import type { Check } from "./check";
import { DEAD_LETTERS } from "./dead-letters";
import { PATHS } from "./paths";
import { WINDOWS } from "./windows";
import { World } from "./world";

const CHECKS: readonly (readonly [title: string, checks: readonly Check[]])[] = [
  ["Both paths", PATHS],
  ["Windows", WINDOWS],
  ["Dead letters", DEAD_LETTERS],
];

/** @param wanted texts, one of which a check's name must hold; none: all checks */
async function main(wanted: readonly string[]): Promise<number> {
  const python = pythonWithMoto();
  const world = await World.start(integrationStack(), python);
  let failed = 0;
  let passed = 0;
  try {
    for (const [title, checks] of CHECKS) {
      const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some((text) => name.includes(text)));
      if (chosen.length > 0) console.log(title);
      for (const check of chosen) {
        if (await holds(check, world)) passed++;
        else failed++;
      }
    }
  } finally {
    await world.stop();
  }
  console.log(`${passed} checks hold${failed > 0 ? `, ${failed} don't` : ""}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

async function holds({ name, run }: Check, world: World): Promise<boolean> {
  const begin = performance.now();
  try {
    await world.newDay();
    await run(world);
    if (world.breakdowns.length > 0) throw new Error(`moto broke down\n${world.breakdowns.join("\n")}`);
    console.log(`  ✓ ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    const lines = String(error instanceof Error ? error.message : error).split("\n");
    console.log(`  ✗ ${name}\n${lines.map((line) => `      ${line}`).join("\n")}`);
    return false;
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  },
);
