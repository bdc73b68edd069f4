import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { boundedStep } from "../../../alerting/incidents/bounded-step";
import { anyCharacter } from "../../any-character";
import { step } from "./steps";

const text = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 2_000 }),
  fc.string({ unit: "grapheme", maxLength: 1_000 }),
  fc.string({ unit: fc.constantFrom("\u{1f600}", "é", "a", "\n", "…"), minLength: 100, maxLength: 900 }),
);
const texts = fc.record({
  ...{ eventId: text, detection: text, title: text, eventName: text, account: text },
  ...{ region: text, actor: text, sourceIPAddress: text, what: text },
});

test("a step has 2.5 KB of texts at most, each on one line, whatever is in them", () => {
  fc.assert(
    fc.property(texts, (given) => {
      const bounded = boundedStep({ ...step("a", 0), ...given });
      const kept = Object.values(bounded).map(String).join("");

      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(2_560);
      expect(Array.from(bounded.what).length).toBeLessThanOrEqual(300);
      expect(kept).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(boundedStep(bounded)).toEqual(bounded);
    }),
  );
});

test("a step of usual texts stays as it is", () => {
  expect(boundedStep(step("a", 0))).toEqual(step("a", 0));
});

test("a text that is cut ends in …, between characters", () => {
  const { what } = boundedStep(step("a", 0, { what: "\u{1f600}".repeat(500) }));

  expect(what).toBe(`${"\u{1f600}".repeat(149)}…`);
});
