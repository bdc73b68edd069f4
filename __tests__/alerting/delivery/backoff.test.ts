import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { backoffSeconds } from "../../../alerting/delivery/backoff";

test("waits twice as long with each receipt, from 10 seconds to 15 minutes", () => {
  expect([1, 2, 3, 4, 7, 8, 50].map((receives) => backoffSeconds(receives, undefined, 0.999999))).toEqual([
    10, 20, 40, 80, 640, 900, 900,
  ]);
});

test("never comes before the vendor allows it, nor before 10 seconds, nor after both are long over", () => {
  const receives = fc.integer({ min: 1, max: 1_000 });
  const retryAfter = fc.option(fc.integer({ min: 0, max: 3_600 }), { nil: undefined });
  fc.assert(
    fc.property(receives, retryAfter, fc.double({ min: 0, max: 0.999999, noNaN: true }), (count, allowed, random) => {
      const seconds = backoffSeconds(count, allowed, random);

      expect(seconds).toBeGreaterThanOrEqual(Math.max(10, allowed ?? 0));
      expect(seconds).toBeLessThanOrEqual(Math.max(900, (allowed ?? 0) + 10));
      expect(Number.isInteger(seconds)).toBe(true);
    }),
  );
});

test("spreads what waits for the same moment", () => {
  expect(backoffSeconds(1, 60, 0)).toBe(60);
  expect(backoffSeconds(1, 60, 0.9)).toBe(69);
  expect(backoffSeconds(8, undefined, 0)).toBe(450);
});
