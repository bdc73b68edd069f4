import { rmSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { compare } from "../../../../cli/replay/compare/compare";
import { comparisonMarkdown } from "../../../../cli/replay/compare/markdown";
import { comparisonText } from "../../../../cli/replay/compare/text";
import { replayLogs } from "../../../../cli/replay/evaluate/replay-logs";
import { PLAIN } from "../../../../cli/replay/output/paint";
import type { ReplayResult } from "../../../../cli/replay/result/replay-result";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import type { Detection } from "../../../../detection/definition/detection";
import { unauthorizedDescribe } from "../../../detection/events/records";
import { folderOf, logFile, plan, setup, sourcesIn } from "../logs";
import { alert, outcome, result } from "../results";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const calls = catalogue.find(({ id }) => id === "unauthorized-calls") as Detection;
const at = (time: string, region = "eu-west-1") =>
  unauthorizedDescribe({ eventID: time, eventTime: `2026-11-${time}Z`, awsRegion: region });

describe("a comparison", () => {
  test("is of two decisions on one reading of the logs", async () => {
    const suppression = {
      ...{ id: "one-region", detections: ["unauthorized-ec2-call"], owner: "a", reason: "b", expires: "2026-12-31" },
      pattern: { detail: { awsRegion: ["eu-north-1"] } },
    };
    const folder = folderOf({
      "a.json.gz": logFile([at("20T10:00:00", "eu-north-1"), at("20T10:01:00"), at("21T10:00:00", "eu-north-1")]),
    });
    const both = plan(setup([refused]), setup([refused, calls], [suppression]));
    const advanced: number[] = [];
    const [now, then] = await replayLogs(sourcesIn(folder, ["a.json.gz"]), both, {
      advance: (_, files) => advanced.push(files),
    });
    rmSync(folder, { recursive: true });
    const { added, removed, detections, before, after } = compare(now as ReplayResult, then as ReplayResult);

    expect(advanced).toEqual([1]);
    expect(removed.map(({ detection, eventID }) => [detection, eventID])).toEqual([
      ["unauthorized-ec2-call", "20T10:00:00"],
      ["unauthorized-ec2-call", "21T10:00:00"],
    ]);
    // What was folded into the alert that is suppressed is the first to be told.
    expect(added.map(({ detection, eventID }) => [detection, eventID])).toEqual([
      ["unauthorized-calls", "20T10:00:00"],
      ["unauthorized-ec2-call", "20T10:01:00"],
      ["unauthorized-calls", "21T10:00:00"],
    ]);
    expect(detections.find(({ detection }) => detection === "unauthorized-ec2-call")?.days).toEqual([
      { day: "2026-11-20", before: 1, after: 1, added: 1, removed: 1 },
      { day: "2026-11-21", before: 1, after: 0, added: 0, removed: 1 },
    ]);
    expect([before.summaries, after.summaries]).toEqual([1, 1]);
    expect([before.suppressed, after.suppressed]).toEqual([0, 2]);
  });

  test("has nothing to say of a detection that only led, or no longer leads, an alert of the same event and severity", () => {
    const both = [outcome({}, { day: "2026-11-20", matches: 1 }), outcome({ detection: "other" })];
    const before = result({ alerts: [alert({ alsoMatched: ["other"] })], detections: both });
    const after = result({ alerts: [alert({ detection: "other", alsoMatched: ["trail-stopped"] })], detections: both });
    const alone = result({ alerts: [alert({ detection: "other" })], detections: both });

    expect(compare(before, after)).toMatchObject({ added: [], removed: [] });
    expect(compare(before, alone).removed.map(({ detection }) => detection)).toEqual(["trail-stopped"]);
  });

  test("takes an alert that is told less urgently for another", () => {
    const change = compare(
      result({ alerts: [alert()], detections: [outcome({}, { day: "2026-11-20", matches: 1, alerts: 1 })] }),
      result({
        alerts: [alert({ severity: "low" })],
        detections: [outcome({ severity: "low" }, { day: "2026-11-20", matches: 1, alerts: 1 })],
      }),
    );

    expect([change.removed[0]?.severity, change.added[0]?.severity]).toEqual(["critical", "low"]);
  });

  test("of the same with the same has nothing to say", () => {
    const same = result({ alerts: [alert()], detections: [outcome({}, { day: "2026-11-20", matches: 1, alerts: 1 })] });
    const change = compare(same, same);

    expect(change).toMatchObject({ added: [], removed: [], detections: [] });
    expect([...comparisonText(change, PLAIN)]).toEqual([
      "12,345 records in 2 files, evaluated by 80 detections: 0 alerts added, 0 removed.",
      "alerts: 1",
    ]);
  });
});

test("a comparison says one record and one detection", () => {
  const one = { ...result(), records: { ...result().records, read: 1 }, asked: 1 };

  expect([...comparisonText(compare(one, one), PLAIN)][0]).toBe(
    "1 record in 2 files, evaluated by 1 detection: 0 alerts added, 0 removed.",
  );
});

describe("a comparison's Markdown", () => {
  const before = result();
  const detections = [outcome({}, { day: "2026-11-20", matches: 2, alerts: 2 })];

  test("puts what comes from the logs where it is neither markup nor a mention", () => {
    const actor = "`</details>` | @octocat [x](https://evil.example) <img src=x>";
    const lines = [...comparisonMarkdown(compare(before, result({ alerts: [alert({ actor })], detections })))];
    const row = lines.find((line) => line.includes("octocat"));

    expect(row).toContain("| `` `</details>` \\| @octocat [x](https://evil.example) <img src=x> `` |");
  });

  test("keeps a table's cell together when a backslash stands before the bar", () => {
    const changed = compare(before, result({ alerts: [alert({ actor: "a\\\\|@octocat" })], detections }));

    expect([...comparisonMarkdown(changed)]).toContainEqual(expect.stringContaining("| `a\\\\ \\|@octocat` |"));
  });

  test("writes what can't be read as it is: a list has no bars", () => {
    const files = { ...result().files, unreadable: [{ file: "a|b`c", reason: "it is empty" }] };

    expect([...comparisonMarkdown(compare(result({ files }), result()))].at(-1)).toBe(
      "- ``can't be read: a|b`c: it is empty``",
    );
  });

  test("names as many as a comment on GitHub can hold, and says how many more there are", () => {
    const alerts = Array.from({ length: 5_000 }, (_, index) =>
      alert({
        eventID: `event-${index}`.padEnd(128, "x"),
        eventTime: `2026-11-${10 + (index % 20)}T00:00:00Z`,
        // As long as an alert's texts can be, and each character takes two.
        ...{ actor: "|".repeat(300), eventName: "|".repeat(128), account: "|".repeat(128), region: "|".repeat(128) },
        detection: `detection-${index % 500}`,
      }),
    );
    const many = Array.from({ length: 500 }, (_, index) =>
      outcome({ detection: `detection-${index}` }, { day: "2026-11-20", matches: 1, alerts: 1 }),
    );
    const removed = alerts.map(({ eventID, ...rest }) => ({ ...rest, eventID: eventID.replace("event", "other") }));
    const unreadable = alerts.map(() => ({ file: "f".repeat(1_024), reason: "r".repeat(300) }));
    const changed = compare(
      result({ alerts: removed, files: { ...result().files, unreadable } }),
      result({ alerts, detections: many }),
    );
    const text = [...comparisonMarkdown(changed)].join("\n");

    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("5,000 alerts added");
    expect(text).toMatch(/… and 4970 more/);
  });
});
