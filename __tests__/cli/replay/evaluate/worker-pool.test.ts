import { rmSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, test } from "@jest/globals";
import { nameOf } from "../../../../cli/log-sources/log-source";
import type { Batch } from "../../../../cli/replay/evaluate/batch";
import { evaluateSources } from "../../../../cli/replay/evaluate/evaluate-sources";
import { MatchStore } from "../../../../cli/replay/evaluate/match-store";
import { outcomeOf } from "../../../../cli/replay/evaluate/outcome";
import type { NumberedSource, WorkerTerms } from "../../../../cli/replay/evaluate/worker";
import { evaluateInWorkers } from "../../../../cli/replay/evaluate/worker-pool";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import { rootGetCallerIdentity, unauthorizedDescribe } from "../../../detection/events/records";
import { folderOf, logFile, plan, setup, sourcesIn } from "../logs";

const asked = plan(setup(catalogue.filter(({ id }) => /^(unauthorized|root)-/.test(id))));
const LARGE = 7;

function records(file: number, count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, place) => {
    const minute = String(place % 60).padStart(2, "0");
    const overrides = { eventID: `e-${file}-${place % 1_000}`, eventTime: `2026-11-20T02:${minute}:00Z` };
    return place % 5 === 0 ? rootGetCallerIdentity(overrides) : unauthorizedDescribe(overrides);
  });
}

/** Many small files, more than one task holds, and one that comes in several pieces. */
const files = Object.fromEntries(
  Array.from({ length: 70 }, (_, file) =>
    file === LARGE
      ? [`${file}.json`, JSON.stringify({ Records: records(file, 1_500) })]
      : [`${file}.json.gz`, logFile(records(file, 3))],
  ),
);
const folder = folderOf(files);
afterAll(() => rmSync(folder, { recursive: true }));

const found = sourcesIn(folder, Object.keys(files));
const numbered: readonly NumberedSource[] = found.sources.map((source, file) => ({ source, file }));

async function resultOf(judge: (take: (batch: Batch) => void) => Promise<void>) {
  const matchStore = new MatchStore(asked, found.sources.map(nameOf));
  await judge((batch) => {
    matchStore.add(batch);
  });
  return outcomeOf(asked, 0, matchStore, found);
}

describe("worker threads", () => {
  test.each([1, 2])("find what the main thread finds: %i of them", async (workers) => {
    const here = await resultOf((take) => evaluateSources(found.sources, asked, take));
    const there = await resultOf((take) => evaluateInWorkers(numbered, asked, workers, take));

    expect(here.alerts.length).toBeGreaterThan(0);
    expect(here.records.read).toBe(69 * 3 + 1_500);
    expect(there).toEqual(here);
  });
});

/**
 * Speaks as `worker.ts` does, but reads nothing: it finds one record in each file, and dies over those that are named so.
 */
const SCRIPT = `
const { once } = require("node:events");
const { parentPort, workerData } = require("node:worker_threads");
const at = new Int32Array(workerData.current);
(async () => {
  let verdicts = [];
  const send = async (idle) => {
    parentPort.postMessage({ batch: { matches: [], verdicts, bytes: 1 }, idle });
    verdicts = [];
    return (await once(parentPort, "message"))[0];
  };
  let task = await send(true);
  while (typeof task !== "string") {
    for (const [place, { source, file }] of task.entries()) {
      Atomics.store(at, 0, place);
      if (source.path.startsWith("out of memory")) throw new Error("heap out of memory");
      if (source.path.startsWith("exit")) process.exit(1);
      verdicts.push({ file, records: 1, processingErrors: 0, firstProcessingErrors: [] });
      if (file % 4 === 0) await send(false);
    }
    task = await send(true);
  }
})();
`;

async function verdictsOf(paths: readonly string[], script = SCRIPT) {
  const sources = paths.map((path, file) => ({ source: { kind: "file" as const, path, bytes: 1 }, file }));
  const verdicts: Batch["verdicts"][number][] = [];
  const start = (workerData: WorkerTerms) => new Worker(script, { eval: true, workerData });
  await evaluateInWorkers(sources, asked, 2, ({ verdicts: some }) => verdicts.push(...some), start);
  return verdicts.sort((a, b) => a.file - b.file);
}

describe("a worker that dies", () => {
  test("names the file that it died over; every other is read, once", async () => {
    const paths = Array.from({ length: 200 }, (_, file) =>
      file === 11 ? "out of memory" : file === 90 || file === 91 ? `exit ${file}` : `fine ${file}`,
    );
    const verdicts = await verdictsOf(paths);

    expect(verdicts.map(({ file }) => file)).toEqual([...paths.keys()]);
    expect(verdicts.flatMap(({ file, problem }) => (problem === undefined ? [] : [[file, problem]]))).toEqual([
      [11, "reading it ended a worker thread: heap out of memory"],
      [90, "reading it ended a worker thread: it ended without an error message"],
      [91, "reading it ended a worker thread: it ended without an error message"],
    ]);
  });

  test("at once says so, and is not started again and again", async () => {
    await expect(verdictsOf(["a"], 'throw new Error("no such module")')).rejects.toThrow(
      "a worker thread can't be started: no such module",
    );
  });
});
