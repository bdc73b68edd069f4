import { compilePatterns } from "../lambda-src/engine/compile";

// Run in a process of its own, bundled: how long the catalogue's patterns take to compile before anything is warm.
const patterns = JSON.parse(process.argv[2] ?? "[]") as readonly unknown[];
const start = performance.now();
compilePatterns(patterns);
process.stdout.write(String(performance.now() - start));
