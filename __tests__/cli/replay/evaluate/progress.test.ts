import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Progress } from "../../../../cli/replay/evaluate/progress";

const { TERM } = process.env;
beforeAll(() => {
  process.env.TERM = "xterm";
});
afterAll(() => {
  if (TERM === undefined) delete process.env.TERM;
  else process.env.TERM = TERM;
});

/** A terminal's last line, as a person would see it. */
class Screen {
  readonly isTTY: boolean;
  readonly writes: string[] = [];
  line = "";

  constructor(
    readonly columns = 200,
    isTTY = true,
  ) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.writes.push(text);
    expect(text).not.toContain("\n");
    const [before = "", after = ""] = text.split("\x1b[K");
    const drawn = before.slice(before.lastIndexOf("\r") + 1);
    this.line = drawn + after;
  }
}

function started(screen: Screen, totalBytes: number | undefined) {
  let nowMs = 5_000;
  const progress = new Progress(screen, () => nowMs);
  progress.start(7, totalBytes);
  return {
    progress,
    after: (ms: number, ...done: Parameters<Progress["advance"]>) => {
      nowMs += ms;
      progress.advance(...done);
      return screen.line;
    },
  };
}

test("says how far it is, how fast, and how long it takes yet", () => {
  const { after } = started(new Screen(), 400e6);

  expect(after(2_000, 100e6, 2, 12_345)).toBe(
    " 25% █████░░░░░░░░░░░░░░░  100 of 400 MB  6 s left  50.0 MB/s  2 of 7 files  12,345 records",
  );
  expect(after(2_000, 300e6, 5, 1)).toBe(
    "100% ████████████████████  400 of 400 MB  0 s left  100.0 MB/s  7 of 7 files  12,346 records",
  );
});

test("says nothing of a rate before there is one", () => {
  const screen = new Screen();
  const { after } = started(screen, 400e6);

  expect(screen.line).toBe("  0% ░░░░░░░░░░░░░░░░░░░░  0.0 of 400 MB  0 of 7 files  0 records");
  expect(after(500, 1e6, 0, 10)).not.toMatch(/left|MB\/s/);
});

test.each([
  [61, "1 min 1 s left"],
  [7_300, "2 h 1 min left"],
])("with %d s left it says %s", (seconds, text) => {
  const { after } = started(new Screen(), 1e6 * (seconds + 1));

  expect(after(1_000, 1e6, 0, 0)).toContain(text);
});

test("of standard input it says what was read", () => {
  const { after } = started(new Screen(), undefined);

  expect(after(2_000, 10e6, 0, 3)).toBe("10.0 MB  5.0 MB/s  0 of 7 files  3 records");
});

test("a file that grew does not lead beyond the end", () => {
  const { after } = started(new Screen(), 1e6);

  expect(after(2_000, 3e6, 1, 1)).toMatch(/^100% █{20} {2}3\.0 of 1\.0 MB {2}0 s left/);
});

test("draws now and then, not at every chunk", () => {
  const screen = new Screen();
  const { after } = started(screen, 1e6);
  for (let chunk = 0; chunk < 1_000; chunk++) after(1, 1e3, 0, 0);

  expect(screen.writes).toHaveLength(11);
});

test("stays on its line", () => {
  const screen = new Screen(30);
  const { after } = started(screen, 400e6);

  expect(after(2_000, 100e6, 2, 12_345)).toHaveLength(29);
});

test("is gone at the end", () => {
  const screen = new Screen();
  const { progress } = started(screen, 400e6);
  progress.finish();

  expect(screen.line).toBe("");
});

describe("writes nothing", () => {
  test.each([
    ["where nobody watches", new Screen(80, false), "xterm"],
    ["to a terminal that can't draw over its line", new Screen(), "dumb"],
  ])("%s", (_, screen, terminal) => {
    process.env.TERM = terminal;
    const { progress, after } = started(screen, 400e6);
    after(2_000, 100e6, 2, 12_345);
    progress.finish();

    expect(screen.writes).toEqual([]);
  });
});
