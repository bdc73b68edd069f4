// Loaded into a measured process: when it ends, tells its peak memory and processor time on file descriptor 3. Processes that it starts,
// such as esbuild's, are not in it.
const { writeSync } = require("node:fs");

process.once("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ peakKib: maxRSS, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
});
