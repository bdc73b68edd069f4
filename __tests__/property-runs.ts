/** What a property that is tried often comes down to in `npm test`; `npm run test:deep` tries it as often as is said. */
const QUICK = 100;

/** How often to try a property that deserves `deep` tries. */
export function propertyRuns(deep: number): number {
  return process.env.DEEP_TESTS === "1" ? deep : Math.min(deep, QUICK);
}
