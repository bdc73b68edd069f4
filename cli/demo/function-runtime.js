// Stands in for Lambda's runtime: loads the unpacked zip and calls its handler, an event at a time.
const { join } = require("node:path");

const [folder, handlerName] = process.argv.slice(2);
const [file, name] = handlerName.split(".");
const handler = require(join(folder, `${file}.js`))[name];
const TIMEOUT_MS = 120_000;

process.on("message", async ({ id, event }) => {
  const deadline = Date.now() + TIMEOUT_MS;
  try {
    const answer = await handler(event, { getRemainingTimeInMillis: () => deadline - Date.now() });
    process.send({ id, answer });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
process.send({ ready: true });
