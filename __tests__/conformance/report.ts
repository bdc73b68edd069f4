import type { Deliberate } from "./deliberate";
import type { Outcome } from "./run";

/** Writes an outcome for people. */
export function report(outcome: Outcome, deliberate: readonly Deliberate[]): string {
  const { seed, pairs, seconds, findings } = outcome;
  return [
    `seed ${seed}: ${count(pairs)} pairs in ${seconds.toFixed(1)} s, ${count(Math.round(pairs / seconds))} a second`,
    `  event-ruler says  ${shares(outcome)}`,
    `  older compiler    ${count(outcome.olderCompiler)} patterns that event-ruler takes by its older compiler alone`,
    ...deliberate.map(
      ({ id, reason, record }) =>
        `  deliberate        ${count(outcome.deliberate[id] ?? 0)} ${id}: ${reason} (${record})`,
    ),
    `  unstable          ${count(outcome.unstable)} disagreements of which event-ruler says now this, now that`,
    outcome.disagreements === 0
      ? "no disagreement"
      : `DISAGREEMENTS: ${count(outcome.disagreements)}, of ${findings.length} shapes; npm run conformance -- --pairs ${pairs} --seed ${seed}`,
    ...findings.flatMap((finding, index) => [
      `${index + 1}. event-ruler: ${finding.ruler}, engine: ${finding.engine}${finding.alike > 1 ? ` (${finding.alike} alike)` : ""}`,
      `   pattern ${finding.pattern}`,
      `   event   ${finding.event}`,
      ...finding.words.map((words) => `   ${words}`),
    ]),
  ].join("\n");
}

/** 0 only if the two never differ by accident, and the recorded answers are event-ruler's. */
export function exitCode({ disagreements }: Pick<Outcome, "disagreements">, outdatedCases: number): number {
  return disagreements > 0 || outdatedCases > 0 ? 1 : 0;
}

function shares({ answers }: Outcome): string {
  const all = Object.values(answers).reduce((sum, part) => sum + part, 0);
  return Object.entries(answers)
    .map(([answer, part]) => `${answer} ${((100 * part) / Math.max(1, all)).toFixed(1)} %`)
    .join(", ");
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
