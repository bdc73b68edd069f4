// Loaded into the function's process before its own code: the time that it reads is the tests' own, so that leases run out
// and windows close without anybody waiting, and don't where this machine is slow. Timers run as ever.
const RealDate = Date;
let time;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(Date.now());
    else super(...parts);
  }

  static now() {
    return time ?? RealDate.now();
  }
};

process.on("message", ({ clockTime }) => {
  if (clockTime !== undefined) time = clockTime;
});
