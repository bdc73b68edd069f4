import { describe, expect, test } from "@jest/globals";
import { table } from "../../bench/catalogue";
import { judgement } from "../../bench/judgement";
import { NO_SUPPRESSIONS } from "../../lambda-src/decide/enabled-suppressions";
import { catalogue } from "../../lambda-src/detections/catalogue";
import type { Detection } from "../../lambda-src/detections/detection";
import { NAMES } from "../lambda-src/names";
import { unauthorizedDescribe } from "../lambda-src/records";
import { enableAll } from "../lambda-src/run-pipeline";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const detections: readonly Detection[] = [
  refused,
  { ...refused, id: "counted", count: { threshold: 3, minutes: 10 } },
  { ...refused, id: "digested", tier: "digest" },
  { ...refused, id: "signal", tier: "signal" },
  catalogue.find(({ id }) => id === "trail-stopped") as Detection,
];
/** Three in one quarter of an hour, two on the next day, one of which comes twice. */
const records = ["20T10:01:00", "20T10:02:00", "20T10:03:00", "21T10:01:00", "21T10:20:00", "21T10:20:00"].map((time) =>
  unauthorizedDescribe({ eventID: time, eventTime: `2026-11-${time}Z` }),
);

async function told(suppressions = NO_SUPPRESSIONS) {
  const { verdicts } = await judgement(records, detections, suppressions, NAMES);
  return Object.fromEntries(
    verdicts.map(({ detection, calls: _, ...counts }) => [
      detection.id,
      Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    ]),
  );
}

describe("the judgement of log files", () => {
  test("says of each detection that matches what the function would have told in the end", async () => {
    expect(await told()).toEqual({
      "unauthorized-ec2-call": { matches: 6, alerts: 3, folded: 2, repeated: 1, summaries: 1 },
      counted: { matches: 6, alerts: 1, counted: 4, repeated: 1 },
      digested: { matches: 6, digested: 5, repeated: 1, digests: 2 },
      signal: { matches: 6, counted: 5, repeated: 1 },
    });
  });

  test("leaves out what is suppressed, and counts it", async () => {
    const suppression = {
      id: "first-day",
      detections: ["unauthorized-ec2-call"],
      pattern: { detail: { eventTime: [{ prefix: "2026-11-20" }] } },
      owner: "somebody",
      reason: "known",
      expires: "2026-12-31",
    };

    expect((await told(enableAll([suppression], detections)))["unauthorized-ec2-call"]).toEqual({
      matches: 6,
      suppressed: 3,
      alerts: 2,
      repeated: 1,
    });
  });

  test("counts records that can't be judged", async () => {
    const { unjudgeable, verdicts } = await judgement(["no record"], detections, NO_SUPPRESSIONS, NAMES);

    expect({ unjudgeable, verdicts }).toEqual({ unjudgeable: 1, verdicts: [] });
  });

  test("is a table, the most told first, with sums", async () => {
    const lines = table(await judgement(records, detections, NO_SUPPRESSIONS, NAMES)).split("\n");

    expect(lines[0]).toBe("6 records, 0 of which can't be judged; 4 detections match.");
    expect(lines[4]).toBe(
      "| `unauthorized-ec2-call` | medium | 6 |  | 1 | 3 | 2 | 1 |  |  |  | DescribeInstances ×6 |",
    );
    expect(lines.at(-1)).toBe("| all | | 24 | 0 | 4 | 4 | 2 | 1 | 9 | 5 | 2 | |");
  });
});
