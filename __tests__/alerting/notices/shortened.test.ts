import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildAlert } from "../../../alerting/notices/alert";
import { alertJson } from "../../../alerting/notices/alert-json";
import { NO_LABELS } from "../../../alerting/notices/labels";
import { shortened } from "../../../alerting/notices/shortened";
import { summaryNotice } from "../../../alerting/notices/summary";
import type { AlertNotification, SummaryNotification } from "../../../alerting/notification/notification";
import { wrapRecord } from "../../../detection/events/envelope";
import { anyCharacter } from "../../any-character";
import { unauthorizedDescribe } from "../../detection/events/records";
import { closingWindow, detectionNamed, grouped, totalsOf } from "./notices";

const alertOf = (record = {}) =>
  alertJson(
    buildAlert(detectionNamed("unauthorized-calls"), wrapRecord(unauthorizedDescribe(record)), "log"),
    NO_LABELS,
  );

describe("shortened", () => {
  test("cuts texts and lists, however deep, leaves numbers, and says that it is not whole", () => {
    const members = Array.from({ length: 90 }, (_, i) => grouped(1, { eventName: `Call${i}`, actor: `user ${i}` }));
    const { json } = summaryNotice(closingWindow(), totalsOf(...members.flat()), "111122223333");
    const summary = shortened({ ...json, news: "x".repeat(500) } as SummaryNotification, 250) as SummaryNotification;

    expect(summary).toMatchObject({ ...json, shortened: true, actors: {}, calls: {}, news: `${"x".repeat(249)}…` });
    expect([summary.actors.length, summary.calls.length]).toEqual([3, 3]);
  });

  test("keeps one item of a list, and 200 characters of a text, at least", () => {
    const why = "x".repeat(500);
    const alert = shortened(
      { ...alertOf(), why, alsoMatched: [detectionNamed("data-destroyed")] },
      1,
    ) as AlertNotification;

    expect(alert.alsoMatched).toHaveLength(1);
    expect(alert.why).toBe(`${"x".repeat(199)}…`);
    expect(alert.id).toBe(alertOf().id);
  });

  test("bounds request and response, which keep their form", () => {
    const requestParameters = { text: "x".repeat(3_000), list: Array(90).fill({ a: [1] }), n: 7, no: null, yes: true };
    const { request } = shortened(alertOf({ requestParameters }), 250) as AlertNotification;

    expect(request).toMatchObject({ text: expect.stringMatching(/^x+…$/), n: 7, no: null, yes: true });
    expect(JSON.stringify(request).length).toBeLessThanOrEqual(1_000);
  });

  test("changes nothing but the mark in what is short enough", () => {
    expect(shortened(alertOf(), 4_000)).toEqual({ ...alertOf(), shortened: true });
  });

  test("cuts no character in two", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 300 }), (text) => {
        const { why } = shortened({ ...alertOf(), why: text }, 50) as AlertNotification;

        expect(why).not.toMatch(/[\uD800-\uDFFF]/u);
        expect(why).toMatch(/…$/);
        expect(why.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
