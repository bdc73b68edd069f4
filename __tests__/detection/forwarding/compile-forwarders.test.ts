import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { NAMES } from "../../../config/custom-detections/fixture-names";
import { readFixture } from "../../../config/custom-detections/fixtures";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { switchedOn } from "../../../detection/definition/switched-on";
import { wrapRecord } from "../../../detection/events/envelope";
import { compileForwarders } from "../../../detection/forwarding/compile-forwarders";
import { lintPattern } from "../../../detection/pattern/analysis/lint";
import { REPOSITORY } from "../../repository";
import { judges } from "./forwarded";

const FIXTURES = join(REPOSITORY, "__tests__", "fixtures", "detections");

const fixtures = catalogue.flatMap((detection) => {
  const fixture = readFixture(FIXTURES, detection.id);
  if (!("cases" in fixture)) throw new Error(fixture.problems.join("\n"));
  return fixture.cases.map(({ name, record }) => ({ name: `${detection.id}: ${name}`, event: wrapRecord(record) }));
});

describe("forwarders of the default pack", () => {
  const detections = switchedOn(catalogue, { packs: ["default"], disabledDetections: [] });
  const forwarders = compileForwarders(detections);
  const { home, forwarders: forwarding } = judges(detections, forwarders, NAMES);

  test("bring home each event of the fixtures that a home rule matches", () => {
    const matched = fixtures.filter(({ event }) => home(event).length > 0);
    const lost = matched.filter(({ event }) => forwarding(event).length === 0).map(({ name }) => name);

    expect(matched.length).toBeGreaterThan(400);
    expect(lost).toEqual([]);
  });

  test("bring each event of a detection of route topic once", () => {
    const direct = fixtures.filter(({ event }) => home(event).some(({ route }) => route === "topic"));
    const others = direct.filter(({ event }) => forwarding(event).length !== 1).map(({ name }) => name);

    expect(direct.length).toBeGreaterThan(2);
    expect(others).toEqual([]);
  });

  test("are few, short, and the same for every region and account", () => {
    const texts = forwarders.map(({ pattern }) => JSON.stringify(pattern));

    expect(forwarders.filter(({ where }) => where === "everywhere").length).toBeLessThanOrEqual(6);
    expect(forwarders.filter(({ where }) => where === "globalRegion").length).toBeLessThanOrEqual(1);
    expect(texts.filter((text) => text.length > 2_048)).toEqual([]);
    expect(texts.filter((text) => /\{\{|\d{12}/.test(text))).toEqual([]);
    expect(forwarders.flatMap(({ pattern }) => lintPattern(pattern))).toEqual([]);
  });
});
