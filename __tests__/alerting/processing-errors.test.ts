import { describe, expect, test } from "@jest/globals";
import { jsonLines } from "../../alerting/log";
import { alertRenderer } from "../../alerting/notices/alert-renderer";
import { NO_LABELS } from "../../alerting/notices/labels";
import type { MatchedBy } from "../../alerting/pipeline/process-messages";
import type { Ports } from "../../alerting/ports";
import { errorFields, isExpected } from "../../alerting/processing-error";
import type { AlertState } from "../../alerting/windows/alert-state";
import { MemoryAlertState } from "../../alerting/windows/memory-alert-state";
import { catalogue } from "../../detection/catalogue/catalogue";
import { DetectionError } from "../../detection/definition/check-detection";
import type { Detection } from "../../detection/definition/detection";
import { RecordProblem } from "../../detection/events/cloudtrail-record";
import type { EventEnvelope } from "../../detection/events/envelope";
import { UnreadableLogFile } from "../../detection/log-files/log-file";
import { matchedDetections } from "../../detection/matching/matched-detections";
import { PatternError } from "../../detection/pattern/pattern";
import { PlaceholderError } from "../../detection/pattern/resolve";
import { RefinementError } from "../../detection/refinements/refinement-error";
import { unauthorizedDescribe } from "../detection/events/records";
import { shortId } from "./own-account";
import { delivery, enable, expectBalanced, LOG_FILE, logFile, picked, run } from "./run-pipeline";

const detection = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const enabled = enable([detection]);
const user = (name: string) => ({ type: "IAMUser", userName: name, arn: `arn:aws:iam::111122223333:user/${name}` });
const bad = unauthorizedDescribe({ eventID: "bad", userIdentity: user("bad") });
const before = unauthorizedDescribe({ eventID: "before", userIdentity: user("before") });
const after = unauthorizedDescribe({ eventID: "after", userIdentity: user("after") });

/** A defect such as a field that isn't there. */
function injectedDefect(of: unknown): void {
  if (of === "bad") (undefined as unknown as { readonly field: string }).field.trim();
}

/** Runs the pipeline over one log file, the second of whose records meets the defect, and an event that meets it too. */
async function runWith(broken: Parameters<typeof run>[2], using = enabled) {
  const lines: string[] = [];
  const log = jsonLines((line) => lines.push(line), { requestId: "request-1" });
  const messages = [delivery(LOG_FILE), picked(bad), picked(unauthorizedDescribe({ userIdentity: user("other") }))];
  const files = { [LOG_FILE]: logFile(before, bad, after) };
  const result = await run(messages, files, { log, ...broken }, using);
  expectBalanced(result.tally);
  expect(lines.filter((line) => line.includes("\n"))).toEqual([]);
  const parsed = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  return { ...result, withStack: parsed.filter(({ stack }) => stack !== undefined) };
}

const NEIGHBOURS = ["unauthorized-ec2-call 5a4e1c93", "unauthorized-ec2-call after", "unauthorized-ec2-call before"];
const FOUND_BY_STACK = {
  level: "WARN",
  requestId: "request-1",
  reason: expect.stringMatching(/^TypeError: Cannot read properties of undefined/),
  stack: expect.stringMatching(/^TypeError: .*\n\s+at .*processing-errors\.test\.ts:\d+.*injectedDefect/s),
};
const IN_FILE = { bucket: "logs", key: LOG_FILE, record: 2 };
const IN_MESSAGE = { messageId: "m2" };

describe("a TypeError", () => {
  test("in a detection's matching is found in the log; its message goes on, and its neighbours", async () => {
    const matchedBy = (event: EventEnvelope) => {
      injectedDefect(event.detail.eventID);
      return matchedDetections(enabled, event);
    };
    const { alerts, failed, tally, withStack } = await runWith({ matchedBy });

    expect(withStack).toEqual([
      { ...FOUND_BY_STACK, message: "record can't be processed", eventId: "bad", ...IN_MESSAGE },
      { ...FOUND_BY_STACK, message: "record can't be processed", eventId: "bad", ...IN_FILE },
    ]);
    expect([...alerts].sort()).toEqual(NEIGHBOURS);
    expect(failed).toEqual([false, false, false]);
    expect(tally.records).toEqual({ read: 5, evaluated: 3, processingErrors: 2 });
  });

  test("in one detection's matching costs no other detection its alert of the same record", async () => {
    const broken: Detection = { ...detection, id: "broken" };
    const matchedBy: MatchedBy = (event, failed) => {
      try {
        injectedDefect(event.detail.eventID);
      } catch (error) {
        failed(broken, error);
      }
      return matchedDetections(enabled, event);
    };
    const { alerts, failed, tally, withStack } = await runWith({ matchedBy });

    const about = { ...FOUND_BY_STACK, message: "detection can't be matched", detection: "broken", eventID: "bad" };
    expect(withStack).toEqual([
      { ...about, ...IN_MESSAGE },
      { ...about, ...IN_FILE },
    ]);
    expect([...alerts].sort()).toEqual([...NEIGHBOURS, "unauthorized-ec2-call bad"].sort());
    expect(failed).toEqual([false, false, false]);
    expect(tally.records).toEqual({ read: 5, evaluated: 3, processingErrors: 2 });
  });

  test("in a refinement is found in the log; its message goes on, and its neighbours", async () => {
    const refinement = {
      holds: (record: { readonly eventID?: unknown }) => {
        injectedDefect(record.eventID);
        return true;
      },
      describe: () => "",
    };
    const { alerts, failed, tally, withStack } = await runWith({}, { ...enabled, refinements: [[refinement]] });

    expect(withStack).toMatchObject([
      { ...FOUND_BY_STACK, eventId: "bad", ...IN_MESSAGE },
      { ...FOUND_BY_STACK, eventId: "bad", ...IN_FILE },
    ]);
    expect([...alerts].sort()).toEqual(NEIGHBOURS);
    expect(failed).toEqual([false, false, false]);
    expect(tally.records).toEqual({ read: 5, evaluated: 3, processingErrors: 2 });
  });

  test("in a renderer is found in the log; its messages come again, and its neighbours are alerted", async () => {
    const renderAlert: Ports["renderAlert"] = (alert) => {
      injectedDefect(alert.event.detail.eventID);
      return alertRenderer(NO_LABELS)(alert);
    };
    const { alerts, failed, tally, withStack } = await runWith({ renderAlert });

    const about = { message: "alert can't be published", detection: detection.id, eventID: "bad" };
    expect(withStack).toEqual([
      { ...FOUND_BY_STACK, ...about, ...IN_MESSAGE },
      { ...FOUND_BY_STACK, ...about, ...IN_FILE },
    ]);
    expect([...alerts].sort()).toEqual(NEIGHBOURS);
    expect(failed).toEqual([true, true, false]);
    expect(tally.matches).toMatchObject({ published: 3, failed: 2 });
  });

  test.each(["openWindow", "claim"] as const)(
    "in the store's %s is found in the log; its messages come again, and its neighbours are alerted",
    async (step) => {
      const memory = new MemoryAlertState();
      const store: AlertState = {
        openWindow: async (window, opener, closesAt) => {
          if (step === "openWindow") injectedDefect(shortId(opener));
          return memory.openWindow(window, opener, closesAt);
        },
        claim: async (place, particulars, lease) => {
          if (step === "claim") injectedDefect(shortId(place.member));
          return memory.claim(place, particulars, lease);
        },
        windowOfCall: (...given) => memory.windowOfCall(...given),
        look: (...given) => memory.look(...given),
        confirm: (...given) => memory.confirm(...given),
        record: (...given) => memory.record(...given),
        addToSet: (...given) => memory.addToSet(...given),
        dueWindows: (...given) => memory.dueWindows(...given),
        leaseClosing: (...given) => memory.leaseClosing(...given),
        members: (...given) => memory.members(...given),
        close: (...given) => memory.close(...given),
        postpone: (...given) => memory.postpone(...given),
      };
      const { alerts, failed, tally, withStack } = await runWith({ store });

      const about = { message: "match can't be decided on", detection: detection.id, eventID: "bad" };
      expect(withStack).toEqual([
        { ...FOUND_BY_STACK, ...about, ...IN_MESSAGE },
        { ...FOUND_BY_STACK, ...about, ...IN_FILE },
      ]);
      expect([...alerts].sort()).toEqual(NEIGHBOURS);
      expect(failed).toEqual([true, true, false]);
      expect(tally.matches).toMatchObject({ published: 3, failed: 2 });
    },
  );

  test("in a scheduled task is found in the log; its message comes again, and its neighbours are alerted", async () => {
    const lines: string[] = [];
    const performTask = async () => {
      injectedDefect("bad");
      return undefined;
    };
    const { alerts, failed } = await run(
      [{ id: "t", content: { kind: "task", task: "close-windows" } }, picked()],
      {},
      { performTask, log: jsonLines((line) => lines.push(line)) },
      enabled,
    );

    expect(alerts).toHaveLength(1);
    expect(failed).toEqual([true, false]);
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ message: "task can't be performed", messageId: "t", stack: FOUND_BY_STACK.stack }),
    );
  });
});

test("twenty records with one defect don't hide another", async () => {
  const records = Array.from({ length: 30 }, (_, i) => unauthorizedDescribe({ eventID: `e${i}` }));
  const matchedBy = ({ detail }: EventEnvelope): never => {
    injectedDefect(detail.eventID === "e29" ? "bad" : undefined);
    throw new TypeError(`another defect, at ${detail.eventID}`);
  };
  const { lines } = await run([delivery(LOG_FILE)], { [LOG_FILE]: logFile(...records) }, { matchedBy });

  const stacks = lines.map((line) => String(JSON.parse(line).stack));
  expect(stacks.filter((stack) => stack.includes("another defect"))).toHaveLength(20);
  expect(stacks.filter((stack) => stack.includes("injectedDefect"))).toHaveLength(1);
});

describe("an error that is expected", () => {
  const fromService = Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException", $metadata: {} });
  const fromSystem = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" });

  test.each([
    ["a record that can't be processed", new RecordProblem("eventName is absent")],
    ["a log file that can't be read", new UnreadableLogFile("it is empty")],
    ["a detection that can't be used", new DetectionError("count.minutes is 7")],
    ["a pattern that can't be used", new PatternError("$", "an empty object matches nothing")],
    ["a placeholder without a name", new PlaceholderError("{{bukket}}")],
    ["a refinement that can't be used", new RefinementError("$.refine", "must be a list of refinements")],
    ["an answer of a service", fromService],
    ["a connection that broke", fromSystem],
    ["a time that ran out", new DOMException("The operation was aborted due to timeout", "TimeoutError")],
  ])("says its reason only: %s", (_, error) => {
    expect(isExpected(error)).toBe(true);
    expect(errorFields(error)).toEqual({ reason: `${error.name}: ${error.message}` });
  });
});

describe("an error that is not expected", () => {
  test("has the stacks of its causes too, and a message of bounded length on one line", () => {
    const { stack } = errorFields(new Error(`x\n${"y".repeat(10_000)}`, { cause: new RangeError("the cause") }));

    expect(stack).toMatch(/^Error: x y+…\n\s+at /);
    expect(stack).toMatch(/\ncaused by RangeError: the cause\n\s+at /);
    expect(stack?.length).toBeLessThanOrEqual(8_000);
  });

  test("may be a TypeError that the SDK has marked on its way", () => {
    expect(isExpected(Object.assign(new TypeError("x"), { $metadata: {} }))).toBe(false);
  });

  test("may be no Error at all", () => {
    expect(errorFields("text")).toEqual({ reason: "text", stack: "thrown without a stack: text" });
  });
});
