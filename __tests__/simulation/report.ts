import { FAULTS } from "../integration/gateway/faults";
import type { ChaosRun } from "./chaos";

const SERVICES = ["s3", "dynamodb", "sns", "sqs", "iam"];

/** Everything that came of some runs, added up. */
export interface Totals {
  readonly runs: number;
  readonly failed: number;
  readonly requests: number;
  readonly invocations: number;
  readonly deaths: number;
  readonly redelivered: number;
  readonly alerts: number;
  readonly summaries: number;
  readonly timelines: number;
  readonly lost: number;
  readonly wrong: number;
  readonly unaccounted: number;
  readonly duplicated: number;
  readonly answersLost: number;
  readonly killedBefore: number;
  readonly unwritten: number;
  /** By service and fault, `sns lose`. */
  readonly faults: Readonly<Record<string, number>>;
}

export function totalsOf(runs: readonly ChaosRun[]): Totals {
  const sum = (number: (run: ChaosRun) => number) => runs.reduce((total, run) => total + number(run), 0);
  const faults: Record<string, number> = {};
  for (const run of runs) {
    for (const [kind, count] of run.faults) faults[kind] = (faults[kind] ?? 0) + count;
  }
  return {
    runs: runs.length,
    failed: sum(({ failures }) => Math.sign(failures.length)),
    requests: sum(({ requests }) => requests),
    invocations: sum(({ ran }) => ran.invocations),
    deaths: sum(({ ran }) => ran.deaths),
    redelivered: sum(({ ran }) => ran.redelivered),
    alerts: sum(({ verdict }) => verdict.alerts),
    summaries: sum(({ verdict }) => verdict.summaries),
    timelines: sum(({ verdict }) => verdict.timelines),
    lost: sum(({ verdict }) => verdict.lost.length),
    wrong: sum(({ verdict }) => verdict.wrong.length),
    unaccounted: sum(({ ran }) => ran.unaccounted.length),
    duplicated: sum(({ verdict }) => verdict.duplicates.length),
    answersLost: sum(({ unlearned }) => unlearned.answersLost),
    killedBefore: sum(({ unlearned }) => unlearned.killedBefore),
    unwritten: sum(({ unlearned }) => unlearned.unwritten),
    faults,
  };
}

/** Tables in Markdown, as decision 13 has them. */
export function tables(totals: Totals, seed: number, events: number): string {
  const figures: readonly (readonly [string, number])[] = [
    ["runs", totals.runs],
    ["events a run", events],
    ["invocations", totals.invocations],
    ["requests to AWS", totals.requests],
    ["processes killed", totals.deaths],
    ["messages redelivered", totals.redelivered],
    ["alerts told", totals.alerts],
    ["summaries told", totals.summaries],
    ["timelines told", totals.timelines],
    ["**lost**", totals.lost],
    ["**told wrongly**", totals.wrong],
    ["**closing lines that don't add up**", totals.unaccounted],
    ["**duplicated**", totals.duplicated],
    ["publishes whose answer was lost", totals.answersLost],
    ["publishes whose process was killed before they were written down", totals.killedBefore],
    ["publishes that the table would not take down, however often asked", totals.unwritten],
  ];
  const services = SERVICES.filter((service) => Object.keys(totals.faults).some((kind) => kind.startsWith(service)));
  return [
    `| seed ${seed} | |`,
    "|---|---:|",
    ...figures.map(([name, figure]) => `| ${name} | ${inThousands(figure)} |`),
    "",
    `| fault | ${services.join(" | ")} |`,
    `|---|${services.map(() => "---:|").join("")}`,
    ...FAULTS.map(
      (fault) =>
        `| ${fault} | ${services.map((service) => inThousands(totals.faults[`${service} ${fault}`] ?? 0)).join(" | ")} |`,
    ),
  ].join("\n");
}

function inThousands(figure: number): string {
  return figure.toLocaleString("en-US");
}
