import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../config/custom-detections/fixture-names";
import { catalogue } from "../../detection/catalogue/catalogue";
import { switchedOn } from "../../detection/definition/switched-on";
import { parseRecord } from "../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../detection/events/envelope";
import { enableDetections } from "../../detection/matching/enabled-detections";
import { matching } from "../../detection/pattern/match";
import { Random } from "../../tools/random";
import { EventMaker } from "../simulation/events";
import {
  DELETION,
  DIGESTED,
  FAILED_SIGN_IN,
  HARMLESS,
  REFUSED,
  TELLING,
  UNJUDGEABLE,
  user,
} from "../simulation/templates";

const { detections, patterns } = enableDetections(
  switchedOn(catalogue, { packs: ["default"], disabledDetections: [] }),
  (_, error) => {
    throw error;
  },
  NAMES,
);

function matched(record: unknown): readonly string[] {
  return matching(patterns, wrapRecord(parseRecord(record))).map((number) => detections[number]?.id ?? "");
}

describe("what the templates say of themselves", () => {
  const templates = [...HARMLESS, ...REFUSED, ...TELLING, DELETION, FAILED_SIGN_IN, DIGESTED];

  test.each(templates.map((template) => [String(template.fields.eventName), template] as const))(
    "is what the engine finds: %s",
    (_, template) => {
      const { record } = new EventMaker(new Random(1), 0).event(template, user("alice"));

      expect([...matched(record)].sort()).toEqual([...template.detections].sort());
    },
  );

  test.each(UNJUDGEABLE)("nobody can judge %j", (record) => {
    expect(() => parseRecord(record)).toThrow();
  });
});

test("the same seed makes the same events, another makes others", () => {
  const make = (seed: number) => new EventMaker(new Random(seed), Date.UTC(2026, 10, 20)).make(200);

  expect(make(7)).toEqual(make(7));
  expect(make(7)).not.toEqual(make(8));
  expect(make(7)).toHaveLength(200);
});
