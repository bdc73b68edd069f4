import { describe, expect, test } from "@jest/globals";
import { FAULTS, seededFaults } from "./faults";
import type { Call } from "./request";

describe("seeded faults", () => {
  const call: Call = { service: "sns", operation: "Publish" };
  const faults = (seed: number, door = "slot 0", count = 500) =>
    Array.from({ length: count }, (_, n) => seededFaults(seed)(door, call, n));

  test("are the same for the same seed, and others for another", () => {
    expect(faults(1)).toEqual(faults(1));
    expect(faults(1)).not.toEqual(faults(2));
    expect(faults(1)).not.toEqual(faults(1, "slot 1"));
  });

  test("come in every kind, and not too often", () => {
    const found = faults(3, "slot 0", 10_000).filter((fault) => fault !== undefined);

    expect(new Set(found)).toEqual(new Set(FAULTS));
    expect(found.length).toBeGreaterThan(500);
    expect(found.length).toBeLessThan(2_000);
  });
});
