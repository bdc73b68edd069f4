import { expect, test } from "@jest/globals";
import type { IncidentPlace } from "../../../alerting/incidents/incident";
import { alertRenderer } from "../../../alerting/notices/alert-renderer";
import { NO_LABELS } from "../../../alerting/notices/labels";
import type { Notice } from "../../../alerting/notices/notice";
import { windowOf } from "../../../alerting/windows/window";
import { wrapRecord } from "../../../detection/events/envelope";
import { unauthorizedDescribe } from "../../detection/events/records";
import { detectionNamed, unwrapped } from "./notices";

const detection = detectionNamed("trail-stopped");
const { errorCode, errorMessage, ...succeeded } = unauthorizedDescribe();
const AFTER_ATTEMPTS: IncidentPlace = {
  ...{ id: "0123456789abcdef-20261120T020000Z", startedAt: Date.UTC(2026, 10, 20, 2), number: 4 },
  severityBefore: "critical",
};

async function render(record: object, incident: IncidentPlace): Promise<Notice> {
  const event = wrapRecord({ ...succeeded, eventName: "StopLogging", ...record });
  const window = windowOf(detection, event);
  return alertRenderer(NO_LABELS)({
    ...{ detection, event, path: "event", window, also: [], incident, followsUrgent: false },
  });
}

test("a call that succeeds after attempts as severe alerts anew, and says why", async () => {
  const notice = await render({}, AFTER_ATTEMPTS);

  expect(notice.attributes.kind).toBe("alert");
  expect(notice.subject).toMatch(/^\[CRITICAL\] StopLogging succeeded by alice/);
  expect(notice.json).toMatchObject({ incident: { role: "rises", nowSucceeded: true, number: 4 } });
  expect(unwrapped(notice.email)).toContain(
    "alert 4: now succeeded. No call as severe succeeded before it in this incident",
  );
});

test.each([
  ["was denied as those before", { errorCode: "AccessDenied" }, AFTER_ATTEMPTS],
  ["succeeded as one before", {}, { ...AFTER_ATTEMPTS, succeededBefore: "critical" as const }],
])("a call that %s is an update", async (_, record, place) => {
  const notice = await render(record, place);

  expect(notice.attributes.kind).toBe("update");
  expect(notice.subject).toContain("Update 4: ");
  expect(notice.json).not.toHaveProperty("incident.nowSucceeded");
  expect(notice.email).not.toContain("now succeeded");
});
