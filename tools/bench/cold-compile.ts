import { readFileSync } from "node:fs";
import { compilePatterns } from "../../detection/pattern/compile";
import { matching } from "../../detection/pattern/match";

// Run in a process of its own, bundled: how long patterns take to compile before anything is warm, and until the first
// events are judged, since a conjunction is made ready when an event first leads to it.
const { patterns, events } = JSON.parse(readFileSync(0, "utf8")) as {
  readonly patterns: readonly unknown[];
  readonly events: readonly unknown[];
};
const start = performance.now();
const compiled = compilePatterns(patterns);
const compileMs = performance.now() - start;
for (const event of events) matching(compiled, event);
process.stdout.write(JSON.stringify({ compileMs, judgedMs: performance.now() - start }));
