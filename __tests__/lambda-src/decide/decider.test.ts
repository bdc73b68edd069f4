import { describe, expect, test } from "@jest/globals";
import { Decider } from "../../../lambda-src/decide/decider";
import { enableDetections } from "../../../lambda-src/decide/enabled-detections";
import { catalogue } from "../../../lambda-src/detections/catalogue";
import type { Detection } from "../../../lambda-src/detections/detection";
import { wrapRecord } from "../../../lambda-src/read/envelope";
import { harmless } from "../records";

const byId = (id: string) => catalogue.find((detection) => detection.id === id) as Detection;
const plain = byId("root-credentials-used");
const urgent = byId("root-get-caller-identity");

describe("Decider", () => {
  test("publishes a match once, whatever the envelope's id", () => {
    const decider = new Decider();
    const event = wrapRecord(harmless());

    expect(decider.decide(plain, event, "event")).toBe("publish");
    expect(decider.decide(plain, { ...event, id: "another" }, "event")).toBe("duplicate");
  });

  test("tells events and detections apart", () => {
    const decider = new Decider();

    expect(decider.decide(plain, wrapRecord(harmless({ eventID: "a" })), "log")).toBe("publish");
    expect(decider.decide(plain, wrapRecord(harmless({ eventID: "b" })), "log")).toBe("publish");
    expect(decider.decide(byId("trail-stopped"), wrapRecord(harmless({ eventID: "a" })), "log")).toBe("publish");
  });

  test("knows a record without eventID by its content", () => {
    const decider = new Decider();
    const without = (name: string) => wrapRecord(harmless({ eventID: undefined, eventName: name }));

    expect(decider.decide(plain, without("A"), "log")).toBe("publish");
    expect(decider.decide(plain, without("B"), "log")).toBe("publish");
    expect(decider.decide(plain, without("A"), "log")).toBe("duplicate");
  });

  test("leaves to EventBridge what its rule tells the urgent topic, but publishes it from a log file", () => {
    expect(new Decider().decide(urgent, wrapRecord(harmless()), "event")).toBe("urgent");
    expect(new Decider().decide(urgent, wrapRecord(harmless()), "log")).toBe("publish");
  });

  test.each(["digest", "signal"] as const)("only counts a match of tier %s", (tier) => {
    expect(new Decider().decide({ ...plain, tier }, wrapRecord(harmless()), "log")).toBe("counted");
  });
});

describe("enableDetections", () => {
  test("leaves out what is disabled", () => {
    const enabled = enableDetections([plain, urgent], [plain.id], () => {});

    expect(enabled.detections.map(({ id }) => id)).toEqual([urgent.id]);
  });

  test("hands over a pattern that can't be compiled and keeps the others", () => {
    const broken: Detection = { ...plain, id: "broken", pattern: { source: [] } };
    const refused: string[] = [];

    const enabled = enableDetections([broken, urgent], [], ({ id }, error) => refused.push(`${id}: ${error.message}`));

    expect(enabled.detections.map(({ id }) => id)).toEqual([urgent.id]);
    expect(refused).toEqual([expect.stringMatching(/^broken: \$\.source: /)]);
  });
});
