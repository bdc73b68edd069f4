// Stands in for Lambda's runtime: loads the unpacked zip and calls its handler, an event at a time.
const { join } = require("node:path");

// Lambda's text format puts this before whatever a function hands to the console; what it writes to standard output
// itself stays as it is.
for (const level of ["debug", "info", "log", "warn", "error"]) {
  console[level] = (...parts) =>
    process.stdout.write(`2026-11-20T02:20:31.000Z\tdemo-request\t${level.toUpperCase()}\t${parts.join(" ")}\n`);
}

const [folder, handlerName] = process.argv.slice(2);
const [file, name] = handlerName.split(".");
const handler = require(join(folder, `${file}.js`))[name];
const TIMEOUT_MS = 120_000;

process.on("message", async ({ id, event }) => {
  if (id === undefined) return;
  const deadline = performance.now() + TIMEOUT_MS;
  try {
    const answer = await handler(event, {
      awsRequestId: "demo-request",
      getRemainingTimeInMillis: () => Math.round(deadline - performance.now()),
    });
    process.send({ id, answer });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
process.send({ ready: true });
