import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { enableDetections } from "../../../detection/matching/enabled-detections";

const byId = (id: string) => catalogue.find((detection) => detection.id === id) as Detection;
const plain = byId("root-credentials-used");
const urgent = byId("root-get-caller-identity");

describe("enableDetections", () => {
  test("hands over a pattern that can't be compiled and keeps the others", () => {
    const broken: Detection = { ...plain, id: "broken", pattern: { source: [] } };
    const refused: string[] = [];

    const enabled = enableDetections([broken, urgent], ({ id }, error) => refused.push(`${id}: ${error.message}`));

    expect(enabled.detections.map(({ id }) => id)).toEqual([urgent.id]);
    expect(refused).toEqual([expect.stringMatching(/^broken: \$\.source: /)]);
  });
});
