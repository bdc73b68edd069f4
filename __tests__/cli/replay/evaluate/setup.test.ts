import { describe, expect, test } from "@jest/globals";
import { planOf } from "../../../../cli/replay/evaluate/setup";
import { checkConfig } from "../../../../config/check";
import type { LoadedDetections } from "../../../../config/custom-detections/load";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import type { Detection } from "../../../../detection/definition/detection";
import { EVERYTHING } from "../logs";

const ids = catalogue.map(({ id }) => id);

function loaded(input: object = {}, own: readonly Detection[] = []): LoadedDetections {
  return { ...checkConfig(input, ids), catalogue: [...catalogue, ...own] };
}

const asked = (plan: ReturnType<typeof planOf>, setup: number) =>
  plan.asked.filter(({ setups }) => setups.includes(setup)).map(({ detection }) => detection.id);

describe("what is asked of the logs", () => {
  test("is what the configuration switches on", () => {
    const plan = planOf([loaded({ disabledDetections: ["trail-stopped"] })], { detections: [] }, EVERYTHING);

    expect(asked(plan, 0)).toEqual(
      catalogue.filter(({ id, pack }) => pack === undefined && id !== "trail-stopped").map(({ id }) => id),
    );
  });

  test("is what is asked for by name, also what is switched off or of another pack", () => {
    const other = catalogue.find(({ pack }) => pack !== undefined)?.id as string;
    const config = loaded({ disabledDetections: ["trail-stopped"] });

    expect(asked(planOf([config], { detections: ["trail-stopped", other] }, EVERYTHING), 0)).toEqual(
      ids.filter((id) => ["trail-stopped", other].includes(id)),
    );
  });

  test("is nothing below the minimum severity", () => {
    const plan = planOf([loaded()], { detections: [], minSeverity: "high" }, EVERYTHING);

    expect(new Set(plan.asked.map(({ detection }) => detection.severity))).toEqual(new Set(["critical", "high"]));
  });

  test.each([
    ["trail-stoped", 'unknown detection "trail-stoped"; did you mean trail-stopped, '],
    ["zzz", 'unknown detection "zzz"; did you mean '],
  ])("can't be %s", (id, message) => {
    expect(() => planOf([loaded()], { detections: [id] }, EVERYTHING)).toThrow(message);
  });

  test("is no detection that a compared configuration switches off, though it is asked for by name", () => {
    const compared = [loaded(), loaded({ disabledDetections: ["trail-stopped"] })];
    const plan = planOf(compared, { detections: ["trail-stopped", "trail-changed"] }, EVERYTHING);

    expect([asked(plan, 0), asked(plan, 1)]).toEqual([["trail-stopped", "trail-changed"], ["trail-changed"]]);
  });

  test("can't be nothing: its silence would pass for that of the logs", () => {
    const off = loaded({ disabledDetections: ["user-created"] });

    expect(() => planOf([loaded()], { detections: ["user-created"], minSeverity: "critical" }, EVERYTHING)).toThrow(
      "nothing to evaluate: no detection for --detection user-created --min-severity critical",
    );
    expect(() => planOf([off, off], { detections: ["user-created"] }, EVERYTHING)).toThrow(
      "nothing to evaluate: no detection that is enabled for --detection user-created",
    );
  });

  test("is asked once, when two configurations ask it in the same words", () => {
    const plan = planOf([loaded(), loaded({ disabledDetections: ["trail-stopped"] })], { detections: [] }, EVERYTHING);

    expect(plan.asked.map(({ detection }) => detection.id)).toEqual(asked(plan, 0));
    expect(asked(plan, 1)).toEqual(asked(plan, 0).filter((id) => id !== "trail-stopped"));
  });

  test("is asked for each configuration, where they mean different things by it", () => {
    const own = catalogue.find(({ id }) => id === "trail-stopped") as Detection;
    const before = loaded({}, [{ ...own, id: "mine", pack: "own" }]);
    const after = loaded({ alertsTopicName: "others" }, [{ ...own, id: "mine", pack: "own", severity: "low" }]);
    const plan = planOf(
      [before, after],
      { detections: ["mine", "monitoring-topics-changed", "trail-stopped"] },
      EVERYTHING,
    );

    expect(plan.asked.map(({ detection, setups }) => [detection.id, setups])).toEqual([
      ["monitoring-topics-changed", [0]],
      ["trail-stopped", [0, 1]],
      ["mine", [0]],
      ["monitoring-topics-changed", [1]],
      ["mine", [1]],
    ]);
  });

  test("has the suppressions of the configuration, also those that have expired by now", () => {
    const suppression = { use: "console-probes", owner: "a", reason: "b", expires: "2020-01-01" };
    const { setups } = planOf([loaded({ suppressions: [suppression] })], { detections: [] }, EVERYTHING);

    expect(setups[0]?.suppressions.map(({ id }) => id)).toEqual([
      "aws-services",
      "monitor-itself",
      "stack-sets",
      "console-probes",
    ]);
  });
});
