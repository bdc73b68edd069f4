import { describe, expect, test } from "@jest/globals";
import { jsonLines } from "../../alerting/log";
import type { Ports } from "../../alerting/ports";
import { errorFields, isExpected } from "../../alerting/processing-error";
import { MemoryAlertState } from "../../alerting/windows/memory-alert-state";
import { compilePatterns } from "../../detection/pattern/compile";
import { unauthorizedDescribe } from "../detection/events/records";
import { delivery, enableAll, expectBalanced, LOG_FILE, logFile, picked, run } from "./run-pipeline";

/** An error that throws when the field is read. */
function throwingOn(field: "message" | "name" | "stack" | "cause" | "$metadata"): Error {
  return Object.defineProperty(new Error("x"), field, {
    get: () => {
      throw new TypeError("not to be read");
    },
  });
}

/** Whatever JavaScript lets code throw. */
const THROWN: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["an empty text", ""],
  ["a text of many lines", "a\nb\u2028c\u0000d"],
  ["a symbol", Symbol("x")],
  ["a number without end", Number.NaN],
  ["an object without a prototype", Object.create(null)],
  ["a frozen object", Object.freeze({ message: "x" })],
  ["an object whose text throws", { toString: () => JSON.parse("{") }],
  ["an error whose message throws", throwingOn("message")],
  ["an error whose name throws", throwingOn("name")],
  ["an error whose stack throws", throwingOn("stack")],
  ["an error whose cause throws", throwingOn("cause")],
  ["an error whose metadata throws", throwingOn("$metadata")],
  ["an error whose stack is no text", Object.assign(new Error("x"), { stack: { at: 1 } })],
  ["an error with a message of 10 MB", new Error("x\n".repeat(5_000_000))],
  ["an error with a stack of 10 MB of line breaks", Object.assign(new Error("x"), { stack: "\n".repeat(10_000_000) })],
];

/** Runs a log file's one record, and an event beside it, with ports of which one throws. */
async function runWith(ports: Partial<Ports>) {
  const lines: string[] = [];
  const log = jsonLines((line) => lines.push(line), { requestId: "request-1" });
  const user = { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/other" };
  const messages = [delivery(LOG_FILE), picked(unauthorizedDescribe({ userIdentity: user }))];
  const result = await run(
    messages,
    { [LOG_FILE]: logFile(unauthorizedDescribe({ eventID: "bad" })) },
    { log, ...ports },
  );
  expectBalanced(result.tally);
  for (const line of lines) expect(line.length).toBeLessThan(20_000);
  return { ...result, lines: lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) };
}

describe.each(THROWN)("%s, when it is thrown", (_, thrown) => {
  const fail = () => {
    throw thrown;
  };

  test("has a reason and a stack of bounded length, the reason on one line", () => {
    const { reason, stack = "" } = errorFields(thrown);

    expect(isExpected(thrown)).toBe(false);
    expect(reason).toMatch(/^.{0,500}$/);
    expect(stack).not.toBe("");
    expect(stack.length).toBeLessThanOrEqual(8_000);
  });

  test("in fetching a log file fails its message alone", async () => {
    const { failed, alerts, lines } = await runWith({ fetchObject: async () => fail() });

    expect(failed).toEqual([true, false]);
    expect(alerts).not.toEqual([]);
    expect(lines).toContainEqual(
      expect.objectContaining({ message: "log file can't be read", key: LOG_FILE, stack: expect.any(String) }),
    );
  });

  test("in a renderer fails the alert's message alone", async () => {
    const { failed, lines } = await runWith({
      publish: async ({ json }) => {
        if (json.kind === "alert" && json.event.id === "bad") fail();
      },
    });

    expect(failed).toEqual([true, false]);
    expect(lines).toContainEqual(
      expect.objectContaining({ message: "alert can't be published", eventID: "bad", stack: expect.any(String) }),
    );
  });

  test("in the alert state fails the match's message alone", async () => {
    class Broken extends MemoryAlertState {
      override async openWindow(...given: Parameters<MemoryAlertState["openWindow"]>): Promise<string> {
        return given[1] === "111122223333/bad" ? fail() : super.openWindow(...given);
      }
    }
    const { failed, lines } = await runWith({ store: new Broken() });

    expect(failed).toEqual([true, false]);
    expect(lines).toContainEqual(
      expect.objectContaining({ message: "match can't be decided on", eventID: "bad", stack: expect.any(String) }),
    );
  });
});

test("no line of an error's message stands among the lines of its stack", () => {
  const { stack } = errorFields(new TypeError("x\n    at forged (alert.ts:1:1)\n    at another (alert.ts:2:2)"));

  expect(stack?.split("\n")[0]).toBe("TypeError: x at forged (alert.ts:1:1) at another (alert.ts:2:2)");
  expect(stack?.split("\n")[1]).toMatch(/^\s+at .*thrown-values\.test/);
});

test("an error whose message was changed has its stack all the same", () => {
  const error = new TypeError("before");
  error.message = `${"after ".repeat(100)}`;

  expect(errorFields(error).stack).toMatch(/^TypeError: after .*\n\s+at .*thrown-values\.test/);
});

test("a message of many log files that fail has a line of bounded length", async () => {
  const keys = Array.from({ length: 300 }, (_, i) => LOG_FILE.replace("a.json.gz", `${i}.json.gz`));
  const lines: string[] = [];
  await run([delivery(...keys)], {}, { log: jsonLines((line) => lines.push(line)) });

  const [line = ""] = lines.filter((each) => each.includes("message failed"));
  expect(JSON.parse(line).reason).toMatch(/^Error: NoSuchKey.* and 290 more$/);
  expect(line.length).toBeLessThan(11_000);
});

test("a TypeError in a suppression's matching is found in the log, and the alert goes out", async () => {
  const { suppressions } = enableAll([]);
  const patterns = compilePatterns([{ detail: { eventName: ["DescribeInstances"] } }]);
  // A pattern that matches, of which there is no suppression.
  const broken = { suppressions: Object.assign([...suppressions], { length: 1 }), patterns, askPlaces: false };
  const { alerts, failed, tally, lines } = await run(
    [delivery(LOG_FILE)],
    { [LOG_FILE]: logFile(unauthorizedDescribe({ eventID: "bad" })) },
    {},
    undefined,
    broken,
  );

  expectBalanced(tally);
  expect(failed).toEqual([false]);
  expect(alerts).toContain("unauthorized-ec2-call bad");
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      message: "suppressions can't be matched",
      eventId: "bad",
      ...{ bucket: "logs", key: LOG_FILE, record: 1 },
      reason: expect.stringMatching(/^TypeError: /),
      stack: expect.stringMatching(/\n\s+at .*suppression/),
    }),
  );
});
