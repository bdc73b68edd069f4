/** What must hold, and what it is called. */
interface Named {
  readonly name: string;
}

/** Checks that belong together, under a title. */
export type Section<Check extends Named> = readonly [title: string, checks: readonly Check[]];

/**
 * Runs checks one after the other, whatever comes of those before, and prints which hold.
 *
 * @param wanted texts, one of which a check's name must hold; none: all checks
 * @param run rejects when the check doesn't hold
 * @returns exit code: 0, or 1 when one doesn't hold, or none was run
 */
export async function runChecks<Check extends Named>(
  sections: readonly Section<Check>[],
  wanted: readonly string[],
  run: (check: Check) => Promise<void>,
): Promise<number> {
  let failed = 0;
  let passed = 0;
  for (const [title, checks] of sections) {
    const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some((text) => name.includes(text)));
    if (chosen.length > 0) console.log(title);
    for (const check of chosen) {
      const begin = performance.now();
      try {
        await run(check);
        console.log(`  ✓ ${check.name} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
        passed++;
      } catch (error) {
        const lines = String(error instanceof Error ? error.message : error).split("\n");
        console.log(`  ✗ ${check.name}\n${lines.map((line) => `      ${line}`).join("\n")}`);
        failed++;
      }
    }
  }
  console.log(`${passed} checks hold${failed > 0 ? `, ${failed} don't` : ""}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
