import { expect, test } from "@jest/globals";
import { buildAlert } from "../../../alerting/notices/alert";
import { alertNotice } from "../../../alerting/notices/alert-notice";
import { digestNotice } from "../../../alerting/notices/digest";
import { summaryNotice } from "../../../alerting/notices/summary";
import { wrapRecord } from "../../../detection/events/envelope";
import { unauthorizedDescribe } from "../../detection/events/records";
import { closingWindow, detectionNamed, grouped, totalsOf } from "../notices/notices";

const ACCOUNT = "111122223333";

test("ids are the same whenever the same is published again, and others for others", () => {
  const [first, ...rest] = grouped(5);
  const summaryId = (reported: number, ...members: readonly unknown[]) =>
    summaryNotice(closingWindow({ reported }), totalsOf(...(members as ReturnType<typeof grouped>)), ACCOUNT).json.id;
  const digestId = (reported: number, title = "t") =>
    digestNotice(
      [{ window: closingWindow({ reported, title }, "digest"), totals: totalsOf(...rest) }],
      ACCOUNT,
      "us-east-1",
    ).json.id;
  const alertId = (overrides = {}, path: "event" | "log" = "event") =>
    alertNotice(buildAlert(detectionNamed("unauthorized-calls"), wrapRecord(unauthorizedDescribe(overrides)), path))
      .json.id;

  expect(summaryId(0, first, ...rest)).toBe(`${closingWindow().id}/0`);
  expect(summaryId(0, ...rest)).toBe(summaryId(0, first, ...rest));
  expect(summaryId(2, ...rest)).not.toBe(summaryId(0, ...rest));
  expect(digestId(0)).toBe(digestId(0, "another title"));
  expect(digestId(1)).not.toBe(digestId(0));
  expect(alertId()).toBe(`unauthorized-calls/${ACCOUNT}/${unauthorizedDescribe().eventID}`);
  expect(alertId({}, "log")).toBe(alertId());
  expect(alertId({ recipientAccountId: "444455556666" })).not.toBe(alertId());
  expect(alertId({ eventID: undefined })).toMatch(/^unauthorized-calls\/111122223333\/sha256-[0-9a-f]{64}$/);
});
