import { expect, test } from "@jest/globals";
import { ocsfLines } from "../../../../cli/replay/output/ocsf";
import { version } from "../../../../config/version";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import { validFinding } from "../../../alerting/notification/ocsf-schema";
import { alert } from "../results";

const findingsOf = (...alerts: ReturnType<typeof alert>[]) =>
  [...ocsfLines({ alerts }, catalogue)].map((line) => validFinding(JSON.parse(line)));

test("a replay's alert is a finding of its event's time, with what its detection says", () => {
  const time = Date.parse("2026-11-20T02:14:05Z");
  const target = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/a, arn:aws:s3:::b";

  expect(findingsOf(alert({ target, outcome: "denied", errorCode: "AccessDenied", errorMessage: "no" }))).toEqual([
    expect.objectContaining({
      ...{ class_uid: 2004, activity_id: 1, severity_id: 5, is_alert: true, time, start_time: time },
      metadata: expect.objectContaining({ product: expect.objectContaining({ version: version() }) }),
      finding_info: expect.objectContaining({
        uid: "trail-stopped/111122223333/event-1",
        desc: catalogue.find(({ id }) => id === "trail-stopped")?.why,
        attacks: [
          {
            tactic: { name: "Defense Evasion", uid: "TA0005" },
            technique: { uid: "T1562" },
            sub_technique: { uid: "T1562.008" },
          },
        ],
      }),
      evidences: [
        expect.objectContaining({
          api: expect.objectContaining({
            operation: "StopLogging",
            request: { uid: "event-1", data: { name: "a trail" } },
            response: { error: "AccessDenied", error_message: "no", message: "denied" },
          }),
          src_endpoint: { ip: "203.0.113.77" },
        }),
      ],
      resources: [{ uid: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/a" }, { uid: "arn:aws:s3:::b" }],
    }),
  ]);
});

test("what the record doesn't say is left out; what stands in the digest is no alert; nothing acts on a terminal", () => {
  const unknown = {
    ...{
      eventTime: "unknown",
      eventName: "unknown",
      account: "unknown",
      region: "unknown",
      outcome: "unknown" as const,
    },
    ...{
      accessKeyId: "unknown",
      sourceIPAddress: "unknown",
      requestParameters: '"… 9000 characters"',
      tier: "digest" as const,
    },
  };
  const [finding] = findingsOf(alert(unknown));
  const [line = ""] = ocsfLines({ alerts: [alert({ userAgent: "\u009b2J\u202e" })] }, []);

  expect(finding).toMatchObject({ time: 0, is_alert: false, unmapped: { outcome: "unknown" } });
  expect(finding.evidences[0].api.request).toEqual({ uid: "event-1" });
  expect(finding).not.toHaveProperty("start_time");
  expect(line).not.toMatch(/[\u009b\u202e]/);
  expect(JSON.parse(line).evidences[0].http_request.user_agent).toBe("\u009b2J\u202e");
});
