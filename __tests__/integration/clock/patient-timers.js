// Loaded into the function's process before its own code, where nothing is to go wrong: how long the function waits for an
// answer is made so long that a slow machine alone never has it ask again (a Publish that is asked for again is told twice).
// Short waits, such as those between two tries, stay as they are.
const PATIENCE = 20;
const SHORT_MS = 1_000;
const { promisify } = require("node:util");

const patient = (ms) => (ms >= SHORT_MS ? ms * PATIENCE : ms);

const realSetTimeout = setTimeout;
globalThis.setTimeout = Object.assign((callback, ms, ...parts) => realSetTimeout(callback, patient(ms), ...parts), {
  [promisify.custom]: realSetTimeout[promisify.custom],
});

const realTimeout = AbortSignal.timeout;
AbortSignal.timeout = (ms) => realTimeout.call(AbortSignal, patient(ms));
