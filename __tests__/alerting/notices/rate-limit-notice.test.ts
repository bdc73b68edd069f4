import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { rateLimitNotice } from "../../../alerting/notices/rate-limit-notice";

const THREE = Date.parse("2026-11-20T03:00:00Z");

test("says what is held back, how long, where, and what to do", () => {
  expect(rateLimitNotice(100, THREE, "111122223333", "us-east-1")).toEqual({
    subject: "[HIGH] Rate limit reached: 100 alerts this hour, more are held until 03:00 UTC, in 111122223333",
    email: `HIGH: Rate limit reached: 100 alerts this hour, more are held until 03:00 UTC

Critical alerts are still sent. The others follow after the hour, in one summary per detection and caller.

Account  111122223333
Region   us-east-1 (where the alerts are sent from)
Until    2026-11-20T03:00:00Z (UTC)

What to do
1. Look at this hour's alerts: one caller or one detection often causes most of them.
2. Follow their steps. The log archive has every event.
3. If they are false positives, suppress them or disable the detection (disabledDetections). Or raise maxAlertsPerHour.
`,
    sms: "HIGH 100 alerts this hour: rate limit. More are held until 03:00 UTC, except critical ones. 111122223333 us-east-1",
    json: {
      version: "1.0",
      kind: "rate-limit",
      id: "rate-limit/111122223333/us-east-1/2026-11-20T03:00:00Z",
      severity: "high",
      limit: 100,
      until: "2026-11-20T03:00:00Z",
      account: { id: "111122223333" },
      region: "us-east-1",
    },
    attributes: {
      kind: "rate-limit",
      severity: "high",
      detection: "rate-limit",
      account: "111122223333",
      region: "us-east-1",
    },
  });
});

test("speaks of one as of one", () => {
  const { subject, email, sms } = rateLimitNotice(1, THREE, "111122223333", "us-east-1");

  for (const text of [subject, email, sms]) expect(text).toContain("1 alert this hour");
});

test("is short on every channel", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(4e9), (limit, seconds) => {
      const { subject, sms } = rateLimitNotice(limit, seconds * 1000, "111122223333", "ap-southeast-4");

      expect(subject).toMatch(/^\[HIGH\] [\x20-\x7e]{1,92}$/);
      expect(sms).toMatch(/^HIGH [\x20-\x7e]{1,135}$/);
      expect(sms).toMatch(/critical ones\. 111122223333 ap-southeast-4$/);
    }),
  );
});
