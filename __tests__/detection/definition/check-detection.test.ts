import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { checkDetection } from "../../../detection/definition/check-detection";
import type { Detection } from "../../../detection/definition/detection";
import { enableDetections } from "../../../detection/matching/enabled-detections";

const [plain] = catalogue as readonly [Detection, ...Detection[]];
const { route: _, ...counted } = plain;
const odd = (parts: object) => ({ ...counted, ...parts }) as unknown as Detection;

describe("checkDetection", () => {
  test.each(catalogue.map((detection) => [detection.id, detection] as const))("lets %s pass", (_id, detection) => {
    expect(() => checkDetection(detection)).not.toThrow();
  });

  test.each([
    [{ count: { threshold: 3, minutes: 0 } }, "count.minutes is 0: must be minutes that divide a day"],
    [{ count: { threshold: 3, minutes: 7 } }, "count.minutes is 7"],
    [{ count: { threshold: 3, minutes: "10" } }, 'count.minutes is "10"'],
    [{ count: { threshold: 1, minutes: 10 } }, "count.threshold is 1: must be a whole number of events from 2 to 1000"],
    [{ count: { threshold: 2.5, minutes: 10 } }, "count.threshold is 2.5"],
    [{ count: { threshold: 1_001, minutes: 10 } }, "count.threshold is 1001"],
    [{ count: { threshold: 3, minutes: 10, by: [] } }, "count.by is []"],
    [{ count: { threshold: 3, minutes: 10 }, tier: "digest" }, 'not "digest"'],
    [{ count: { threshold: 3, minutes: 10 }, route: "topic" }, 'is not allowed with route "topic"'],
    [{ group: { minutes: Number.NaN } }, "group.minutes is null"],
    [{ group: { minutes: 2_880 } }, "group.minutes is 2880"],
    [{ group: { by: "sourceIPAddress" } }, 'group.by is "sourceIPAddress"'],
    [{ group: { by: ["detail.awsRegion"] } }, "group.by is"],
    [{ group: { by: ["a..b"] } }, 'group.by is ["a..b"]: must be a list of the record\'s fields'],
    [{ route: "topic", path: "log" }, 'route "topic" needs a rule'],
    [{ route: "topic", refine: [] }, 'refine is not allowed with route "topic"'],
    [{ tier: "signal", ruleName: "Alert" }, "ruleName needs a rule"],
  ])("refuses %j", (parts, problem) => {
    expect(() => checkDetection(odd(parts))).toThrow(problem);
  });

  test("keeps a detection from the function, and no other", () => {
    const refused: string[] = [];

    const { detections } = enableDetections(
      [odd({ group: { minutes: 0 } }), ...catalogue.slice(1)],
      ({ id }) => refused.push(id),
      NAMES,
    );

    expect(refused).toEqual([plain.id]);
    expect(detections).toHaveLength(catalogue.length - 1);
  });
});
