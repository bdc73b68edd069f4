import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rootGetCallerIdentity, unauthorizedDescribe } from "../detection/events/records";
import { propertyRuns } from "../property-runs";
import { delivery, expectBalanced, LOG_FILE, logFile, picked, run } from "./run-pipeline";

const OTHER_LOG_FILE = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/b.json.gz";

test("whatever a record holds, nothing throws, its neighbours are told, and the sums are right", async () => {
  const fields = Object.keys(unauthorizedDescribe());
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.jsonValue(),
          fc
            .record({ field: fc.constantFrom(...fields), value: fc.jsonValue() })
            .map(({ field, value }) =>
              unauthorizedDescribe({ [field]: value, ...(field !== "eventID" && { eventID: "odd" }) }),
            ),
        ),
        { maxLength: 5 },
      ),
      async (odd) => {
        const { alerts, failed, tally } = await run([delivery(LOG_FILE)], {
          [LOG_FILE]: logFile(...odd, rootGetCallerIdentity()),
        });

        expect(failed).toEqual([false]);
        expect(alerts).toContain("root-get-caller-identity 5a4e1c95");
        expect(tally.records.read).toBe(odd.length + 1);
        expectBalanced(tally);
      },
    ),
    { numRuns: propertyRuns(300) },
  );
});

test("writes at most twenty findings of a kind, so that none hides another, and counts them all", async () => {
  const { tally, lines } = await run([delivery(LOG_FILE, OTHER_LOG_FILE)], {
    [LOG_FILE]: logFile(...Array(100).fill(null)),
  });

  expect(tally.records.processingErrors).toBe(100);
  expect(lines.filter((line) => line.includes("record can't be processed"))).toHaveLength(20);
  expect(lines.filter((line) => line.includes("log file can't be read"))).toHaveLength(1);
});

describe("what nests deeper than anybody reads", () => {
  const deep = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);

  test("costs its neighbours nothing", async () => {
    const { alerts, failed, tally } = await run([
      picked(),
      picked(unauthorizedDescribe({ eventID: "deep", userIdentity: undefined, requestParameters: { deep } })),
      picked(rootGetCallerIdentity()),
    ]);

    expect(alerts).toEqual([
      "root-get-caller-identity 5a4e1c95",
      "unauthorized-ec2-call 5a4e1c93",
      "unauthorized-ec2-call deep",
    ]);
    expect(failed).toEqual([false, false, false]);
    expectBalanced(tally);
  });

  test("is not there for a pattern that looks into it", async () => {
    const record = unauthorizedDescribe({ eventID: "deep", userIdentity: deep });

    const { alerts, tally } = await run([picked(record), picked()]);

    expect(alerts).toEqual(["unauthorized-ec2-call 5a4e1c93", "unauthorized-ec2-call deep"]);
    expect(tally.records).toEqual({ read: 2, evaluated: 2, processingErrors: 0 });
  });

  test("is a finding where it can't be told from another record", async () => {
    const record = unauthorizedDescribe({ eventID: undefined, requestParameters: { deep } });

    const { alerts, failed, tally } = await run([picked(record), picked()]);

    expect(alerts).toEqual(["unauthorized-ec2-call 5a4e1c93"]);
    expect(failed).toEqual([false, false]);
    expect(tally.records).toEqual({ read: 2, evaluated: 1, processingErrors: 1 });
  });
});
