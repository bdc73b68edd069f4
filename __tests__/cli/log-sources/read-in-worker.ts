import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { openSource } from "../../../cli/log-sources/open-source";

/** A program of tests: how much of standard input a worker reads. */
async function read(): Promise<number> {
  let bytes = 0;
  for await (const chunk of openSource({ kind: "stdin" })) bytes += chunk.length;
  return bytes;
}

if (isMainThread) {
  const worker = new Worker(__filename, { execArgv: ["--require", require.resolve("tsx/cjs")] });
  worker.once("message", (bytes) => process.stdout.write(String(bytes)));
} else {
  void read().then((bytes) => parentPort?.postMessage(bytes));
}
