// Loaded into a measured process: when it ends, tells its peak memory on file descriptor 3. Processes that it starts,
// such as esbuild's, are not in it.
const { writeSync } = require("node:fs");

process.once("exit", () => writeSync(3, JSON.stringify({ peakKib: process.resourceUsage().maxRSS })));
