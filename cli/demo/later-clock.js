// Loaded before the function's own code: its clock goes ahead when the demo says so, so that schedules find what is over by then.
const RealDate = Date;
let laterMs = 0;

class LaterDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + laterMs] : parts));
  }

  static now() {
    return RealDate.now() + laterMs;
  }
}
globalThis.Date = LaterDate;

process.on("message", (message) => {
  if (typeof message.laterMs === "number") laterMs = message.laterMs;
});
