import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import type { EventPattern } from "../../../detection/pattern/pattern";
import { warningsOf } from "../warnings-of";

function madeUp(pattern: EventPattern, path: "both" | "log" = "both") {
  return { ...trailStopped, id: "made-up", pack: "own", path, pattern } as const;
}

describe("patterns", () => {
  test("that ship raise no warning", () => {
    expect(warningsOf(catalogue)).toEqual([]);
    expect(warningsOf(catalogue.map((detection) => ({ ...detection, pack: "own" })))).toEqual([]);
  });

  test("that ship are asked again where a name has taken a placeholder's place", () => {
    const key = [{ wildcard: "*/a*/b*/c*/d*" }, { wildcard: "*/e*/f*" }, "{{bucket}}"];
    const { pack: _, ...shipped } = madeUp({ source: ["aws.s3"], detail: { requestParameters: { key } } });

    expect(warningsOf([shipped])).toEqual([expect.stringMatching(/too complex/)]);
  });

  test("whose wildcards EventBridge may refuse raise one", () => {
    const key = [{ wildcard: "*/a*/b*/c*/d*" }, { wildcard: "*/e*/f*" }];

    expect(warningsOf([madeUp({ source: ["aws.s3"], detail: { requestParameters: { key } } })])).toEqual([
      expect.stringMatching(/^pattern of detection "made-up" has wildcards that EventBridge may refuse/),
    ]);
  });

  test("that are surely not meant raise one for each problem", () => {
    const pattern = { detail: { requestParameters: { b: ["x"] }, "requestParameters.b": ["y"] } };

    expect(warningsOf([madeUp(pattern)])).toEqual([
      expect.stringContaining('"made-up" asks for detail.requestParameters.b twice'),
      expect.stringContaining('"made-up" does not pin source'),
    ]);
  });

  test("that no event matches are refused, whoever made them", () => {
    const pattern = { source: ["aws.s3"], detailType: ["AWS API Call via CloudTrail"] };
    const { pack: _, ...unmarked } = madeUp(pattern);

    for (const detection of [madeUp(pattern), madeUp(pattern, "log"), unmarked]) {
      expect(() => warningsOf([detection])).toThrow(
        'pattern of detection "made-up" asks for detailType: an event has no "detailType"; write detail-type',
      );
    }
  });

  test("that take in what the trail doesn't record raise one", () => {
    expect(warningsOf([madeUp({ source: ["aws.s3"], detail: { eventName: ["GetObject"] } })])).toEqual([
      expect.stringMatching(
        /^pattern of detection "made-up" asks for detail\.eventName "GetObject" of s3, which is a data event/,
      ),
    ]);
  });

  test("that have no rule are EventBridge's concern only where they are surely not meant", () => {
    const key = [{ wildcard: "*/a*/b*/c*/d*" }, { wildcard: "*/e*/f*" }];

    expect(warningsOf([madeUp({ source: ["aws.s3"], detail: { requestParameters: { key } } }, "log")])).toEqual([]);
    expect(warningsOf([madeUp({ detail: { eventName: ["X"] } }, "log")])).toEqual([
      expect.stringContaining("does not pin source"),
    ]);
  });
});
