import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { checkWindows } from "../../../detection/definition/check-windows";
import type { Detection } from "../../../detection/definition/detection";
import { enableDetections } from "../../../detection/matching/enabled-detections";

const [plain] = catalogue as readonly [Detection, ...Detection[]];
const { route: _, ...counted } = plain;
const odd = (parts: object) => ({ ...counted, ...parts }) as unknown as Detection;

describe("checkWindows", () => {
  test.each(catalogue.map((detection) => [detection.id, detection] as const))("lets %s pass", (_id, detection) => {
    expect(() => checkWindows(detection)).not.toThrow();
  });

  test.each([
    [{ count: { threshold: 3, minutes: 0 } }, "count.minutes is 0, but must be minutes that divide a day"],
    [{ count: { threshold: 3, minutes: 7 } }, "count.minutes is 7"],
    [{ count: { threshold: 3, minutes: "10" } }, 'count.minutes is "10"'],
    [{ count: { threshold: 1, minutes: 10 } }, "count.threshold is 1, but must be a whole number from 2 to 1000"],
    [{ count: { threshold: 2.5, minutes: 10 } }, "count.threshold is 2.5"],
    [{ count: { threshold: 1_001, minutes: 10 } }, "count.threshold is 1001"],
    [{ count: { threshold: 3, minutes: 10, by: [] } }, "count.by is []"],
    [{ count: { threshold: 3, minutes: 10 }, tier: "digest" }, 'not "digest"'],
    [{ count: { threshold: 3, minutes: 10 }, route: "topic" }, 'is not allowed with route "topic"'],
    [{ fold: { minutes: Number.NaN } }, "fold.minutes is null"],
    [{ fold: { minutes: 2_880 } }, "fold.minutes is 2880"],
    [{ fold: { by: "sourceIPAddress" } }, 'fold.by is "sourceIPAddress"'],
    [{ fold: { by: ["detail.awsRegion"] } }, "fold.by is"],
  ])("refuses %j", (parts, problem) => {
    expect(() => checkWindows(odd(parts))).toThrow(problem);
  });

  test("keeps a detection from the function, and no other", () => {
    const refused: string[] = [];

    const { detections } = enableDetections(
      [odd({ fold: { minutes: 0 } }), ...catalogue.slice(1)],
      ({ id }) => refused.push(id),
      NAMES,
    );

    expect(refused).toEqual([plain.id]);
    expect(detections).toHaveLength(catalogue.length - 1);
  });
});
