import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import type { Detection } from "../../../detection/definition/detection";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { DetectionsBySource } from "../../../detection/matching/detections-by-source";
import { enableDetections } from "../../../detection/matching/enabled-detections";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import type { EventPattern } from "../../../detection/pattern/pattern";
import { harmless } from "../events/records";

const throwing = (_: Detection, error: unknown) => {
  throw error;
};
const FIXTURES = join(__dirname, "../../fixtures/detections");
const ids = (detections: readonly Detection[]) => detections.map(({ id }) => id);
const madeUp = (id: string, pattern: EventPattern): Detection => ({ ...trailStopped, id, pattern });
const ofSource = (source: string) => wrapRecord(harmless({ eventSource: `${source}.amazonaws.com` }));

describe("detections by source", () => {
  test("match what all of them compiled together match, for every fixture of every detection", () => {
    const together = enableDetections(catalogue, throwing, NAMES);
    const bySource = new DetectionsBySource(catalogue, throwing, NAMES);
    const records = readdirSync(FIXTURES).flatMap(
      (file) =>
        (JSON.parse(readFileSync(join(FIXTURES, file), "utf8")) as { cases: readonly { record: unknown }[] }).cases,
    );

    for (const { record } of records) {
      const event = wrapRecord(parseRecord(record));
      expect(ids(bySource.matched(event, throwing))).toEqual(ids(matchedDetections(together, event)));
    }
    expect(records.length).toBeGreaterThan(catalogue.length);
  });

  test("tell of a detection that can't be used once, though all are compiled together", () => {
    const refused: string[] = [];
    const broken = madeUp("broken", { source: [] });
    const detections = new DetectionsBySource([broken, trailStopped], ({ id }) => refused.push(id), NAMES);

    expect(ids(detections.all().detections)).toEqual([trailStopped.id]);
    expect(detections.usable()).toBe(1);

    expect(refused).toEqual(["broken"]);
  });

  test("are asked of every source that they don't plainly rule out", () => {
    const detections = [
      madeUp("plain", { source: ["aws.ec2"] }),
      madeUp("prefix", { source: [{ prefix: "aws." }] }),
      madeUp("mixed", { source: ["aws.s3", { prefix: "aws.ec" }] }),
      madeUp("unpinned", { account: [""], detail: { eventName: ["DescribeRegions"] } }),
      madeUp("overridden", { source: ["aws.s3"], $or: [{ source: ["aws.ec2"] }, { source: ["aws.iam"] }] }),
    ];
    const bySource = new DetectionsBySource(detections, throwing);

    expect(ids(bySource.matched(ofSource("ec2"), throwing))).toEqual(["plain", "prefix", "mixed", "overridden"]);
    expect(ids(bySource.matched(ofSource("iam"), throwing))).toEqual(["prefix", "overridden"]);
    expect(ids(bySource.matched(ofSource("sts"), throwing))).toEqual(["prefix"]);
  });

  test("that can't be used are told once, at the latest when all are asked for, and leave the others standing", () => {
    const refused: string[] = [];
    const detections = [
      madeUp("good", { source: ["aws.ec2"] }),
      madeUp("bad", { source: ["aws.ec2"], detail: {} }),
      madeUp("bad-elsewhere", { source: ["aws.s3"], detail: {} }),
    ];
    const bySource = new DetectionsBySource(detections, ({ id }) => refused.push(id));

    expect(ids(bySource.matched(ofSource("ec2"), throwing))).toEqual(["good"]);
    expect(refused).toEqual(["bad"]);
    expect(bySource.usable()).toBe(1);
    expect(bySource.usable()).toBe(1);
    bySource.matched(ofSource("s3"), throwing);
    expect(refused).toEqual(["bad", "bad-elsewhere"]);
  });

  test("go on where the matching of one throws, and name that one", () => {
    const asksWho = (id: string) => madeUp(id, { source: ["aws.ec2"], detail: { userIdentity: { type: ["Root"] } } });
    const detections = [
      asksWho("broken"),
      madeUp("good", { source: ["aws.ec2"] }),
      asksWho("broken-too"),
      madeUp("any", { source: [{ prefix: "aws." }] }),
    ];
    const bySource = new DetectionsBySource(detections, throwing);
    const event = ofSource("ec2");
    const detail = Object.defineProperty({ ...event.detail }, "userIdentity", {
      enumerable: true,
      get: () => {
        throw new TypeError("injected");
      },
    });
    const failed: string[] = [];

    for (const _ of [1, 2]) {
      const matched = bySource.matched({ ...event, detail }, ({ id }, error) => failed.push(`${id}: ${error}`));
      expect(ids(matched)).toEqual(["good", "any"]);
    }
    const once = ["broken: TypeError: injected", "broken-too: TypeError: injected"];
    expect(failed.sort()).toEqual([...once, ...once].sort());
  });
});
