// Loaded into the function's process before its own code: tests move the time that it reads, so that leases run out
// and windows close without anybody waiting. Timers run as ever.
const RealDate = Date;
let offset = 0;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offset);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offset;
  }
};

process.on("message", ({ clockOffset }) => {
  if (clockOffset !== undefined) offset = clockOffset;
});
